"""What changed between two editions, for one reader."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.rules.models.changes import Comparison
from party.permissions import MEMBERS
from tests.library.rules.conftest import counts_told


def test_what_was_found_is_kept_until_a_text_a_lineage_or_an_audience_is_another(book, second):
    def kinds() -> dict[str, dict[str, int]]:
        return counts_told(Comparison(book, second, [MEMBERS]).chapters())

    first = kinds()
    with CaptureQueriesContext(connection) as captured:
        assert kinds() == first
    assert not [query for query in captured if query["sql"].startswith(("INSERT", "UPDATE"))]

    second.provisions.filter(citation="7.VIII.1").update(text="Before acting, ask.")
    assert kinds()["7"]["reworded"] == 1
    second.provisions.filter(citation="4.II.1").update(lineage="0" * 32)
    assert kinds()["4"] == {"new": 1, "removed": 1}
    second.provisions.filter(citation="appendix-1.2").update(audience="editors")
    assert "appendix-1" not in kinds()
