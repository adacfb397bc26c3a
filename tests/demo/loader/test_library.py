"""The figures of the demonstration's facts are counted from its reference data."""

from collections import Counter

import pytest

from demo.loader.library import computed, constituencies


@pytest.mark.parametrize(
    ("wanted", "column", "value"),
    [
        ({"compute": "constituencies_in_nation", "nation": "Wales"}, "nation", "Wales"),
        ({"compute": "constituencies_in_region", "region": "London"}, "region", "London"),
    ],
)
def test_the_constituencies_of_a_place_are_counted_and_their_share(wanted, column, value):
    rows = constituencies()
    counted = Counter(row[column] for row in rows)[value]

    figures = computed({"region": "", "nation": "", **wanted})

    assert counted > 0
    assert (figures["count"], figures["total"]) == (counted, len(rows))
    assert figures["share"] == f"{100 * counted / len(rows):.1f}"


def test_the_largest_region_is_found_by_counting():
    sizes = Counter(row["region"] for row in constituencies())
    figures = computed({"compute": "regions_by_size", "region": "", "nation": ""})
    assert figures["count"] == max(sizes.values()) == sizes[figures["region"]]
