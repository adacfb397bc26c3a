"""Films and chapters: one of them does not flood a page, and says how much more it holds."""

from dataclasses import replace

import pytest

from search.engines.question import Sort
from tests.search.engines.contract.conftest import ask, doc, found

CHAPTERS = {"c1": 9, "c2": 5, "c3": 1}


@pytest.fixture(scope="module", autouse=True)
def _filled(engine):
    documents = [
        doc(f"{chapter}-{n}", "An oboe is played. " + "Then more is said. " * n, group=chapter)
        for chapter, count in CHAPTERS.items()
        for n in range(count)
    ]
    documents += [doc(f"alone{n}", "An oboe, " + "softly " * (n + 4)) for n in range(3)]
    documents += [
        doc(f"film{n}", "An oboe is heard.", kind="film", group="f1", seconds=float(n))
        for n in range(5)
    ]
    hidden = doc("hidden", "An oboe is hidden.", kind="film", group="f1", audience=("editors",))
    silent = doc("silent", "Nothing of the sort.", kind="film", group="f1")
    cited = [doc(f"cited{n}", "A text.", citation=f"7.I.{n}", group="c7") for n in range(4)]
    engine.rebuild([*documents, hidden, silent, *cited])


def shown(results) -> list[tuple[str, int]]:
    return [(hit.document.group, hit.more) for hit in results.hits if hit.document.group]


def test_the_last_hit_of_a_group_says_how_many_more_were_found(engine):
    results = ask(engine, "oboe", kind="film", per_kind=3, per_group=2)

    assert shown(results) == [("f1", 0), ("f1", 3)]


def test_editors_are_told_of_what_only_they_may_see(engine):
    results = ask(
        engine, "oboe", kind="film", per_kind=3, per_group=2, audience=frozenset({"editors"})
    )

    assert shown(results) == [("f1", 0)]
    everyone = frozenset({"editors", "members"})
    results = ask(engine, "oboe", kind="film", per_kind=3, per_group=2, audience=everyone)
    assert shown(results) == [("f1", 0), ("f1", 4)]


def test_the_page_of_all_kinds_shows_few_of_each_group_and_counts_the_rest(engine):
    results = ask(engine, "oboe", per_kind=9, per_group=2)

    groups = [hit.document.group for hit in results.hits]
    assert {group: groups.count(group) for group in ("c1", "c2", "c3", "f1", "")} == {
        "c1": 2, "c2": 2, "c3": 1, "f1": 2, "": 3,
    }  # fmt: skip
    more = {group: more for group, more in shown(results) if more}
    assert more == {"c1": 7, "c2": 3, "f1": 3}
    assert results.counts == {"rule": 18, "film": 5}


def test_without_a_number_for_groups_all_may_be_of_one(engine):
    results = ask(engine, "oboe", group="c1", limit=20)
    assert shown(results) == [("c1", 0)] * 9

    results = ask(engine, "oboe", group="c1", limit=4, per_group=2)
    assert shown(results) == [("c1", 0)] * 4


def test_cited_provisions_may_well_be_of_one_chapter(engine):
    results = ask(engine, "7.I.0 to 7.I.3", per_kind=4, per_group=2)

    assert shown(results) == [("c7", 0)] * 4


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("size", [1, 3, 4, 10])
def test_every_hit_of_a_list_stands_on_exactly_one_page(engine, sort, size):
    whole = found(engine, "oboe", limit=30, sort=sort)
    pages = [
        ask(engine, "oboe", limit=size, offset=offset, per_group=2, sort=sort)
        for offset in range(0, 24, size)
    ]
    paged = [hit.document.key for page in pages for hit in page.hits]

    assert len(whole) == 23
    assert sorted(paged) == sorted(whole)
    assert {page.total for page in pages} == {23}


def test_the_first_page_of_a_list_is_not_flooded_and_says_how_much_more_there_is(engine):
    results = ask(engine, "oboe", limit=8, per_group=2)

    groups = [hit.document.group for hit in results.hits if hit.document.group]
    assert all(groups.count(group) <= 2 for group in groups)
    for group in set(groups):
        *before, last = [more for each, more in shown(results) if each == group]
        found_in_all = {**CHAPTERS, "f1": 5}[group]
        assert (set(before), last) in ((set(), found_in_all - 1), ({0}, found_in_all - 2)), group


def test_a_page_holds_the_same_whichever_page_was_opened_before(engine):
    second = found(engine, "oboe", limit=5, offset=5, per_group=1)

    found(engine, "oboe", limit=5, offset=15, per_group=1)
    assert found(engine, "oboe", limit=5, offset=5, per_group=1) == second


def test_a_hit_tells_the_second_at_which_its_first_marked_word_is_said(engine):
    body = "We begin with a greeting. Then the bassoon is tuned. Later a bassoon is played."
    starts = (body.index("We"), body.index("Then"), body.index("Later"))
    said = doc(
        "spoken", body, kind="film", seconds=60.0, url="/lesson/?t={t}",
        moments=tuple(zip(starts, (60.0, 64.5, 71.0), strict=True)),
    )  # fmt: skip
    engine.write([said.entry], [said])

    [hit] = ask(engine, "bassoon").hits
    assert (hit.seconds, hit.time, hit.url) == (64.5, "1:04", "/lesson/?t=62.5")
    [hit] = ask(engine, "greeting").hits
    assert (hit.seconds, hit.url) == (60.0, "/lesson/?t=58.0")
    engine.write([said.entry], [])


def test_a_film_without_moments_opens_where_its_words_begin(engine):
    said = doc("plain", "A bassoon.", kind="film", seconds=1.0, url="/lesson/?t={t}")
    engine.write([said.entry], [said, replace(said, id="written", seconds=None, url="/text/")])

    hits = {hit.document.id: (hit.seconds, hit.url) for hit in ask(engine, "bassoon").hits}
    assert hits == {"plain#1": (1.0, "/lesson/?t=0.0"), "written": (None, "/text/")}
    engine.write([said.entry], [])
