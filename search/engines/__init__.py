"""Search engines: one interface, chosen by one setting, each imported only where it is chosen."""

import shutil
from functools import lru_cache
from pathlib import Path

from search.engines.base import Engine

ENGINES = ("embedded", "cluster")


@lru_cache(maxsize=32)
def engine_for(name: str, index_dir: Path, url: str = "", model: str = "") -> Engine:
    """Return the engine of a name, the same one each time. Raises ValueError for another name.

    The embedded one keeps its files in `index_dir`, and with the folder of a `model` it also knows
    what is meant; the cluster is asked at `url`.
    """
    if name == "embedded":
        from search.engines.embedded import EmbeddedEngine

        return _with_meaning(EmbeddedEngine(index_dir), index_dir / "meaning", model)
    if name == "cluster":
        from search.engines.cluster import ClusterEngine

        return ClusterEngine(url)
    raise ValueError(f"SEARCH_ENGINE is “{name}”; it can be: {', '.join(ENGINES)}.")


def _with_meaning(engine: Engine, vectors: Path, model: str) -> Engine:
    """Return the engine with vectors beside it; without a model those of an earlier one go."""
    if not model:
        shutil.rmtree(vectors, ignore_errors=True)  # they would no longer follow the index
        return engine
    from search.engines.meaning import MeaningEngine

    return MeaningEngine(engine, vectors, Path(model))
