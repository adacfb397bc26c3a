"""Search engines: one interface, chosen by one setting, each imported only where it is chosen."""

from functools import lru_cache
from pathlib import Path

from search.engines.engine import Engine

ENGINES = ("embedded", "cluster")


@lru_cache(maxsize=32)
def engine_for(name: str, index_dir: Path, url: str = "") -> Engine:
    """Return the engine of a name, the same one each time. Raises ValueError for another name.

    The embedded one keeps its files in `index_dir`; the cluster is asked at `url`.
    """
    if name == "embedded":
        from search.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(index_dir)
    if name == "cluster":
        from search.engines.cluster.engine import ClusterEngine

        return ClusterEngine(url)
    raise ValueError(f"SEARCH_ENGINE is “{name}”; it can be: {', '.join(ENGINES)}.")
