"""Addresses of rules: in an edition, on a day, today, and for good."""

import datetime
import functools
import itertools
import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from library.rules.actions.access import restrict_part
from library.rules.actions.drafts import import_edition
from library.rules.actions.publication import publish_edition
from library.rules.models import Provision
from library.rules.rulebooks.tree import Node
from tests.factories.library import make_work
from tests.factories.party import MemberFactory


def led(browser, address: str) -> tuple[int, str]:
    response = browser.get(f"/rules/{address}")
    return response.status_code, response.headers.get("Location", "")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("sample/7/IX/3/A", "/rules/sample/7/IX/#IX.3.A"),
        ("sample/second-edition/7/IX/3/A", "/rules/sample/second-edition/7/IX/#IX.3.A"),
        ("sample/first-edition/7/VIII/3/A", "/rules/sample/first-edition/7/VIII/#VIII.3.A"),
        ("sample/first-edition/7.viii.3.a", "/rules/sample/first-edition/7/VIII/#VIII.3.A"),
        ("sample/First-Edition/7", "/rules/sample/first-edition/7/"),
        ("sample/2021-05-03/7/VIII/3", "/rules/sample/first-edition/7/VIII/?on=2021-05-03#VIII.3"),
        ("sample/2021-05-03", "/rules/sample/first-edition/?on=2021-05-03"),
        ("sample/2024-01-01/7/", "/rules/sample/second-edition/7/?on=2024-01-01"),
        ("sample/?cite=Chapter+7+Clause+IX.3.A", "/rules/sample/7/IX/#IX.3.A"),
        ("sample/?cite=7.ix.3", "/rules/sample/7/IX/#IX.3"),
        ("sample/?cite=appendix-1", "/rules/sample/appendix-1/"),
    ],
)  # fmt: skip
def test_each_form_of_an_address_leads_to_where_the_provision_is_read(
    browser, editions, address, place
):
    assert led(browser, address) == (302, place)


@pytest.mark.parametrize(
    "address", ["sample/first-edition/", "sample/first-edition/7/", "sample/first-edition/7/VIII/",
                "sample/second-edition/7/IX/", "sample/7/IX/"],
)  # fmt: skip
def test_contents_chapters_and_clauses_are_pages_of_their_own(browser, editions, address):
    assert led(browser, address) == (200, "")


def test_the_permanent_address_leads_to_where_it_is_read_now(browser, editions):
    old, _new = editions
    renumbered = old.provisions.get(path="7/VIII/3/A")
    gone = old.provisions.get(path="7/IV/1")

    assert led(browser, f"id/{renumbered.lineage}/") == (303, "/rules/sample/7/IX/#IX.3.A")
    assert led(browser, f"id/{gone.lineage}/") == (
        303,
        "/rules/sample/first-edition/7/IV/#IV.1",
    )
    assert led(browser, f"id/{uuid.uuid4()}/")[0] == 404


def test_one_page_has_one_canonical_address(browser, editions):
    for address in ("7/IX/", "second-edition/7/IX/"):
        html = browser.get(f"/rules/sample/{address}").content.decode()
        assert '<link rel="canonical" href="http://testserver/rules/sample/7/IX/">' in html


def test_a_restricted_chapter_is_nowhere_for_those_outside(browser, editions):
    _old, new = editions
    clause = new.provisions.get(path="7/IX")
    restrict_part(new.provisions.get(path="7"), "officers", by=None, now=timezone.now())

    for address in ("sample/7/", "sample/7/IX/", "sample/7/IX/3", "sample/7.IX",
                    f"id/{clause.lineage}/", "sample/first-edition/7/VIII/"):  # fmt: skip
        response = browser.get(f"/rules/{address}")
        assert response.status_code == 404
        assert "Removing a comment" not in response.content.decode()
    for address in ("", "4/", "appendix-1/", "subjects/", "words/"):
        assert "Removing a comment" not in browser.get(f"/rules/sample/{address}").content.decode()


NUMBERS = st.sampled_from(["", "1", "2", "VIII", "3.1", "(a)", "A", "a", "*", "Ω", "9A"])
WORDS = st.sampled_from(["", "General", "Words", "Changes", "Ende & Co."])


def nodes(kinds: list[str], below) -> st.SearchStrategy:
    return st.builds(
        Node,
        kind=st.sampled_from(kinds),
        number=NUMBERS,
        heading=WORDS,
        text=st.sampled_from(["", "A text.", "Note[^1]", "a | b\nc | d"]),
        children=below,
    )


LEAVES = nodes(["provision", "lead_in", "table", "footnote"], st.just([]))
INNER = nodes(["provision", "clause", "article", "section"], st.lists(LEAVES, max_size=3))
TOPS = nodes(
    ["part", "chapter", "schedule", "appendix", "rule", "provision"], st.lists(INNER, max_size=3)
)
_labels = itertools.count(1)


@pytest.mark.django_db
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # to make a counterexample smaller would take minutes
)
@given(tree=st.lists(TOPS, min_size=1, max_size=3), other=st.lists(TOPS, min_size=1, max_size=2))
def test_every_provisions_address_resolves_in_every_edition(tree, other):
    number = next(_labels)
    work = make_work(f"book-{number}", title=f"Book {number}")
    client = Client()
    client.force_login(MemberFactory())
    for label, since, given_tree in (
        ("First one", datetime.date(2020, 1, 1), tree),
        ("Second one", datetime.date(2024, 1, 1), other),
    ):
        edition = import_edition(
            work=work,
            label=label,
            in_force_from=since,
            tree=given_tree,
            by=None,
            now=timezone.now(),
        )
        edition.provisions.update(descent=Provision.Descent.CONFIRMED)
        publish_edition(edition, by=None, now=timezone.now())

    pages = functools.cache(lambda page: client.get(page).content.decode())
    for provision in Provision.objects.filter(edition__work=work).select_related("edition__work"):
        own = provision.edition.get_own_url()
        place = provision.read_below(own)
        assert client.get(f"{own}{provision.path}").headers["Location"] == place
        assert anchored(pages, place)
        if provision.edition.in_force_until is None:
            assert (
                client.get(f"{provision.edition.get_absolute_url()}{provision.path}")["Location"]
                == provision.get_absolute_url()
            )
        leads_to = client.get(provision.get_permanent_url()).headers["Location"]
        assert anchored(pages, leads_to)


def anchored(pages: Callable[[str], str], place: str) -> bool:
    """Say whether a page is there, and on it the place that its address names."""
    page, _hash, anchor = place.partition("#")
    html = pages(page)
    return "<h1>" in html and (not anchor or bool(re.search(rf'id="{re.escape(anchor)}"', html)))
