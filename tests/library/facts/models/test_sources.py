"""Sources are named for people: what is shared of a fact holds no more than their names."""

import pytest
from django.core.exceptions import ValidationError

from demo.loader import read
from library.facts.models import FactCard, Series
from library.facts.models.sources import NAMED_IN, check_source

FILES = ["Counted from demo/data/places.csv", "prices.XLSX, sheet 2", "see notes.md"]


@pytest.mark.parametrize("kind", [FactCard, Series])
@pytest.mark.parametrize("field", NAMED_IN)
@pytest.mark.parametrize("name", FILES)
def test_a_source_is_not_named_by_a_file(kind, field, name):
    with pytest.raises(ValidationError) as refused:
        kind(**{field: name}).clean()
    assert refused.value.message_dict == {
        field: ["Name the table or section as its publisher does, not a file."]
    }


@pytest.mark.parametrize(
    "name",
    [
        "Companies Act 2006, section 318",
        "Table A.1: prices, U.K., 2024",
        "Office for National Statistics (ons.gov.uk)",
        "UK GDPR, Article 9.2.d",
    ],
)
def test_a_source_is_named_as_its_publisher_does(name):
    assert check_source(FactCard(citation=name, source_name=name)) is None


@pytest.mark.parametrize("file", ["facts.yaml", "series.yaml"])
def test_the_demonstrations_sources_are_named_for_people(file):
    cards = read(file)
    assert len(cards) > 1
    for card in cards:
        check_source(FactCard(**{name: card[name] for name in NAMED_IN}))
