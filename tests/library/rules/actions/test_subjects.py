"""The subject index: proposed when an edition is published, mended by the librarian."""

import datetime
import re

import pytest
from django.utils import timezone

from ground.refusals import Refused
from library.rules.actions.publication import publish_edition
from library.rules.actions.subjects import delete_subject, save_subject
from library.rules.models import Subject
from tests.factories.library import BOOK, make_edition, make_work

INDEX_QUERIES = 10


def saved(subject: Subject, *citations: str) -> Subject:
    return save_subject(subject, citations=citations, by=None, now=timezone.now())


def shown(browser) -> dict[str, list[str]]:
    html = browser.get("/rules/sample/subjects/").content.decode()
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.DOTALL)
    return {name: re.findall(r'href="([^"]+)"', links) for name, links in found}


def test_clauses_are_listed_under_their_headings_from_a_to_z(browser, book):
    assert list(shown(browser).items()) == [
        ("House rules", ["/rules/sample/appendix-1/"]),
        ("Meetings", ["/rules/sample/4/"]),
        ("Online groups", ["/rules/sample/7/"]),
        ("Quorum", ["/rules/sample/4/II/"]),
        ("Removing a comment", ["/rules/sample/7/VIII/"]),
        ("The log", ["/rules/sample/7/IV/"]),
    ]


def test_a_librarian_chooses_provisions_by_citation_and_says_where_else_to_look(browser, book):
    log = saved(Subject(work=book.work, name="Logs"), "Chapter 7 Clause IV.1", "7.VIII.1")
    saved(Subject(work=book.work, name="Records", see=log))

    index = shown(browser)

    assert index["Logs"] == ["/rules/sample/7/IV/#IV.1", "/rules/sample/7/VIII/#VIII.1"]
    assert index["Records"] == []


def test_a_citation_that_names_nothing_is_refused_and_nothing_is_saved(book):
    with pytest.raises(Refused, match=r"has no 9\.I"):
        saved(Subject(work=book.work, name="Nothing"), "9.I")

    assert not Subject.objects.filter(name="Nothing").exists()


def test_what_was_taken_out_does_not_come_back_with_the_next_edition(book):
    delete_subject(Subject.objects.get(name="Quorum"), by=None, now=timezone.now())
    draft = make_edition(
        book.work, BOOK, "Second edition", datetime.date(2024, 1, 1), publish=False
    )
    lineages = dict(book.provisions.values_list("path", "lineage"))
    for each in draft.provisions.all():
        draft.provisions.filter(pk=each.pk).update(lineage=lineages[each.path], descent="confirmed")

    publish_edition(draft, by=None, now=timezone.now())

    assert not Subject.objects.filter(name="Quorum").exists()


def test_a_subject_of_what_one_may_not_read_is_not_listed(browser, book):
    book.provisions.filter(path__startswith="4").update(audience="officers")

    assert {"Meetings", "Quorum"} & shown(browser).keys() == set()


def test_neither_is_one_that_says_where_else_to_look(browser, book):
    quorum, records = Subject.objects.get(name="Quorum"), Subject.objects.get(name="The log")
    saved(Subject(work=book.work, name="Whistle-blowers", see=records), "7.IV.1")
    saved(Subject(work=book.work, name="Only a pointer", see=quorum))
    assert {"Whistle-blowers", "Only a pointer"} <= shown(browser).keys()

    book.provisions.filter(citation="7.IV.1").update(audience="officers")

    index = shown(browser)
    assert "Whistle-blowers" not in index
    assert index["Only a pointer"] == []


@pytest.mark.parametrize("clauses", [1, 3])
def test_the_index_costs_the_same_queries_for_one_and_three(
    browser, db, clauses, django_assert_num_queries
):
    text = "".join(f"### Clause {'I' * n} — Matter {n}\n1. x\n" for n in range(1, clauses + 1))
    make_edition(make_work(), f"## Chapter 1\n{text}")

    with django_assert_num_queries(INDEX_QUERIES):
        assert browser.get("/rules/sample/subjects/").content.count(b"<dt>") == clauses
