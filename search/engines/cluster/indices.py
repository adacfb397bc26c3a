"""Which index of the cluster counts: an alias says so, and is switched in one step.

```
<name>                      the alias that is asked
<name>-20261121t104500-1f…  an index; "_meta" of its mapping says of which schema it is
<name>-writer               who may write just now (`lease`)
```
"""

import contextlib
import datetime
import re
import secrets
import time
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError, dsl

from search.engines.cluster.documents import SCHEMA, Indexed
from search.engines.engine import EngineUnavailable, IndexMissing

TRUSTED_SECONDS = 10.0  # until the schema of the index that counts is looked at again


class Indices:
    """The indices of one name. The client of a question or of a change comes with each call."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._ours = re.compile(rf"{re.escape(name)}-\d{{8}}t\d{{6}}-[0-9a-f]{{8}}")
        self._trusted_until = 0.0

    def check(self, client: Elasticsearch) -> None:
        """Raise `IndexMissing` where no index counts, or one of another schema."""
        if time.monotonic() >= self._trusted_until:
            self.current(client)
            self._trusted_until = time.monotonic() + TRUSTED_SECONDS

    def current(self, client: Elasticsearch) -> str:
        """Return the index that counts. Raises `IndexMissing`, `EngineUnavailable`."""
        self._trusted_until = 0.0
        for index, said in self._named(client).items():
            if _schema(said) == SCHEMA:
                return index
        raise IndexMissing("The index was built with another schema.")

    def _named(self, client: Elasticsearch) -> dict[str, Any]:
        found = dict(client.indices.get(index=self.name, features=["aliases", "mappings"]))
        if self.name in found:
            raise EngineUnavailable(f"An index has the name {self.name}, which the alias needs.")
        return found

    def new(self, client: Elasticsearch) -> str:
        """Make an empty index for the next documents. Only for the writer."""
        now = datetime.datetime.now(datetime.UTC)
        index = f"{self.name}-{now:%Y%m%dt%H%M%S}-{secrets.token_hex(4)}"
        Indexed.init(index=index, using=client)
        return index

    def promote(self, client: Elasticsearch, index: str) -> None:
        """Let this index count from now on, in one step, and remove all others. For the writer.

        The others go only then: who asks now is led to the new one.
        """
        client.indices.refresh(index=index)
        others = {name: said for name, said in self._all(client).items() if name != index}
        named = [name for name, said in others.items() if self.name in said.get("aliases", {})]
        switch = [{"remove": {"index": name, "alias": self.name}} for name in named]
        client.indices.update_aliases(
            actions=[{"add": {"index": index, "alias": self.name}}, *switch]
        )
        self._trusted_until = time.monotonic() + TRUSTED_SECONDS
        for name in others:
            self.remove(client, name)

    def sweep(self, client: Elasticsearch) -> None:
        """Remove what was left half built. Only for the writer. Raises `EngineUnavailable`."""
        with contextlib.suppress(NotFoundError):
            self._named(client)
        for index, said in self._all(client).items():
            if not said.get("aliases"):
                self.remove(client, index)

    def clear(self, client: Elasticsearch) -> None:
        """Remove all indices of this name. Only for the writer."""
        self._trusted_until = 0.0
        for index in self._all(client):
            self.remove(client, index)

    def remove(self, client: Elasticsearch, index: str) -> None:
        """Remove one index, if it is still there."""
        dsl.Index(index, using=client).delete(ignore_unavailable=True)

    def _all(self, client: Elasticsearch) -> dict[str, Any]:
        found = client.indices.get(index=f"{self.name}-*", features=["aliases"])
        return {index: said for index, said in found.items() if self._ours.fullmatch(index)}


def _schema(said: dict[str, Any]) -> str:
    return str(said.get("mappings", {}).get("_meta", {}).get("schema", ""))
