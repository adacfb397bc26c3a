"""Each kind of thing that can be found is offered by one source."""

import pytest

from search import sources
from tests.search.conftest import Shelf


def test_a_kind_has_one_source(facts):
    class Other(Shelf):
        pass

    sources.register(facts)
    with pytest.raises(ValueError, match="registered already, by Shelf"):
        sources.register(Other("fact", "Other facts"))
    with pytest.raises(ValueError, match="is no kind"):
        sources.register(Shelf("Two words", "Wrong"))
