"""The demonstration's own rule books: every place that is cited is there."""

import datetime
import re
from pathlib import Path

import pytest

from library.rules.models import Edition, Provision
from library.rules.rulebooks.references import find_references
from tests.factories.library import make_edition, make_work

pytestmark = pytest.mark.any_database

CONTENT = Path(__file__).resolve().parents[3] / "demo" / "content"


@pytest.fixture
def books(db) -> dict[str, Edition]:
    files = {"sample": "rulebook.md", "standing-orders": "standing-orders.md"}
    return {
        slug: make_edition(
            make_work(slug, title={"sample": "Sample Rule Book"}.get(slug, "Standing order")),
            (CONTENT / file).read_text(encoding="utf-8"),
        )
        for slug, file in files.items()
    }


def test_every_rule_that_a_lesson_quotes_is_in_the_sample_rule_book(books):
    lessons = "\n".join(
        path.read_text(encoding="utf-8") for path in (CONTENT / "lessons").glob("*.yaml")
    )
    cited = set(re.findall(r'citation: "(\d+\.[IVX]+[^"]*)"', lessons))

    found = Provision.objects.in_force(datetime.date(2026, 11, 21)).cited("sample", *cited)

    assert len(cited) > 10
    assert {provision.citation for provision in found} == cited


def test_every_cross_reference_of_the_sample_texts_leads_to_a_rule(books):
    unresolved, resolved = [], 0
    for edition in books.values():
        for provision in edition.provisions.all():
            for reference in find_references(provision.text, provision.top):
                meant = books["sample"] if reference.elsewhere else edition
                if meant.provisions.filter(citation=reference.citation).exists():
                    resolved += 1
                else:
                    unresolved.append((str(provision), reference))

    assert unresolved == []
    assert resolved == 8


def test_every_provision_of_the_sample_texts_is_reached_by_its_own_address(books, client, member):
    client.force_login(member)
    for edition in books.values():
        for provision in edition.provisions.all():
            response = client.get(f"{provision.edition.get_absolute_url()}{provision.path}")
            assert response.headers["Location"] == provision.get_absolute_url()
