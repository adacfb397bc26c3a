"""What an engine finds for a question, and in which order."""

import datetime

import pytest

from search.engines.question import Reach
from tests.search.engines.contract.conftest import ask, doc, found

BODIES = {
    "remove": "A moderator may remove a comment that breaks the house rules.",
    "removal": "The removal of several comments was discussed. Nobody was blocked.",
    "blocked": "Somebody who threatens others is blocked from the group at once.",
    "newsletter": "The e-mail newsletter goes out on Fridays to everyone in Sheffield.",
    "apostrophe": "The women's officer and O’Brien’s branch don't meet in July.",
    "accents": "A café in Zürich where the naïve delegation met.",
    "appendix": "Appendix A lists the fees. Appendix I lists the offices.",
    "sentence": (
        "Delegates are elected every spring by secret ballot at the meeting of their branch."
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _filled(engine):
    documents = [doc(key, body) for key, body in BODIES.items()]
    documents += [
        doc("titled", "Nothing else is said here.", title="Quorum"),
        doc("headed", "Nothing else is said there.", heading="Chapter 3 › Quorum"),
        doc("told", "The quorum is a twentieth of the members."),
        doc("7.VIII.3.A", "An appeal is made within fourteen days.", citation="7.VIII.3.A"),
        doc("7.VIII.3.B", "The panel has three people.", citation="7.VIII.3.B"),
        doc("mention", "It follows Chapter 7 Clause VIII.3.A in every case.", kind="fact"),
    ]
    engine.rebuild(documents)


def test_words_are_found_in_all_their_forms(engine):
    assert set(found(engine, "removing comments")) == {"remove", "removal"}


def test_all_of_a_few_words_are_wanted(engine):
    assert found(engine, "comment blocked") == ["removal"]


def test_most_of_many_words_are_enough(engine):
    assert found(engine, "delegates elected spring ballot zeppelin") == ["sentence"]


def test_where_nothing_holds_all_words_some_will_do_and_that_is_said(engine):
    results = ask(engine, "newsletter zeppelin")

    assert [hit.document.key for hit in results.hits] == ["newsletter"]
    assert results.reach is Reach.SOME_WORDS


def test_words_about_the_asking_are_not_asked_for(engine):
    assert found(engine, "what is the newsletter?") == ["newsletter"]


def test_a_word_weighs_most_in_the_title_then_in_the_heading(engine):
    assert found(engine, "quorum") == ["titled", "headed", "told"]


def test_an_exact_phrase_is_found_only_as_it_stands(engine):
    assert found(engine, '"remove a comment"') == ["remove"]
    assert found(engine, '"a comment remove"') == []
    assert found(engine, '"removes a comment"') == []


def test_a_phrase_of_one_word_takes_no_other_form(engine):
    assert found(engine, '"comment"') == ["remove"]


def test_an_exclusion_holds_even_where_little_is_found(engine):
    assert found(engine, "comments -moderator") == ["removal"]
    assert found(engine, 'comments -"nobody was blocked"') == ["remove"]


def test_or_takes_either_word(engine):
    assert set(found(engine, "newsletter OR Zürich")) == {"newsletter", "accents"}


def test_or_binds_only_the_words_beside_it(engine):
    assert found(engine, "removal OR newsletter sheffield") == ["newsletter"]


def test_a_half_typed_word_is_found(engine):
    assert found(engine, "newsl") == ["newsletter"]
    assert set(found(engine, "remove comm")) == {"remove", "removal"}


def test_hyphens_apostrophes_and_accents_make_no_difference(engine):
    for question in ("e-mail", "email", "E-Mail", "e‑mail"):
        assert found(engine, question) == ["newsletter"], question
    for question in ("women's officer", "women’s officer", "O'Brien", "obriens dont"):
        assert found(engine, question) == ["apostrophe"], question
    assert found(engine, "cafe zurich naive") == ["accents"]


def test_clause_letters_are_words(engine):
    assert found(engine, '"appendix a"') == ["appendix"]
    assert found(engine, '"Appendix I"') == ["appendix"]
    assert found(engine, '"appendix b"') == []


@pytest.mark.parametrize(
    "question",
    ["7.VIII.3.A", "Chapter 7 Clause VIII.3.A", "7.viii.3.a", "Chapter VII, Clause 8, Section 3.A"],
)
def test_a_citation_finds_its_provision_first_and_then_what_mentions_it(engine, question):
    results = ask(engine, question)

    assert [hit.document.key for hit in results.hits] == ["7.VIII.3.A", "mention"]
    assert [hit.cited for hit in results.hits] == [True, False]


def test_a_citation_of_a_clause_finds_its_parts_before_what_mentions_it(engine):
    *parts, last = found(engine, "7.VIII")

    assert (set(parts), last) == ({"7.VIII.3.A", "7.VIII.3.B"}, "mention")


def test_a_citation_stands_above_what_the_other_words_find(engine):
    assert found(engine, "quorum 7.VIII.3.B") == ["7.VIII.3.B", "titled", "headed", "told"]


def test_a_citation_that_is_not_there_is_looked_for_as_words(engine):
    results = ask(engine, "Chapter 3 Clause I")

    assert "headed" in [hit.document.key for hit in results.hits]
    assert results.reach is Reach.SOME_WORDS


@pytest.mark.parametrize("question", ["", "   ", '"', "-comment", "OR", "!?…", "-"])
def test_a_question_without_a_word_finds_nothing(engine, question):
    results = ask(engine, question)

    assert (results.total, results.hits, results.counts) == (0, (), {})


def test_kinds_are_counted_whichever_kind_is_shown(engine):
    results = ask(engine, "7.VIII.3.A", kind="fact")

    assert [hit.document.key for hit in results.hits] == ["mention"]
    assert (results.total, results.counts) == (1, {"rule": 1, "fact": 1})


def test_the_kind_with_the_best_hit_comes_first(engine):
    results = ask(engine, "7.VIII.3.A", per_kind=3)

    assert [hit.document.kind for hit in results.hits] == ["rule", "fact"]


def test_pages_follow_one_another_without_gap_or_repeat(engine):
    whole = found(engine, "quorum OR comment OR newsletter", limit=10)

    assert len(whole) == 6
    paged = [
        key
        for offset in range(0, 8, 2)
        for key in found(engine, "quorum OR comment OR newsletter", limit=2, offset=offset)
    ]
    assert paged == whole


def test_a_group_does_not_flood_the_page_of_all_kinds(engine):
    film = [doc(f"film{n}", "harassment harassment", kind="film", group="film-1") for n in range(6)]
    other = doc("other", "On harassment, among other and longer things.", kind="film", group="2")
    engine.write([d.entry for d in [*film, other]], [*film, other])

    results = ask(engine, "harassment", per_kind=3, per_group=2)
    assert [hit.document.group for hit in results.hits] == ["film-1", "film-1", "2"]
    assert results.counts == {"film": 7}
    engine.write([d.entry for d in [*film, other]], [])


def test_a_document_comes_back_as_it_was_given(engine):
    given = doc(
        "whole",
        "Said in a film: zither.",
        kind="film",
        citation="9A.II.1",
        audience=("members", "editors"),
        group="film-9",
        seconds=83.25,
        language="cy",
        date=datetime.date(2026, 11, 21),
        heading="Lesson › Film",
        url="/lesson/?t=83.2",
    )
    engine.write([given.entry], [given])

    assert [hit.document for hit in ask(engine, "zither").hits] == [given]
    assert ask(engine, "zither").hits[0].time == "1:23"
    engine.write([given.entry], [])


def test_what_was_asked_is_marked_and_the_rest_is_escaped(engine):
    hostile = doc("xss", "Tags <b>like</b> these & <script>oboe()</script>.", title="<i>Oboe</i>")
    engine.write([hostile.entry], [hostile])

    [hit] = ask(engine, "oboe").hits
    assert hit.title == "&lt;i&gt;<mark>Oboe</mark>&lt;/i&gt;"
    assert hit.snippet == (
        "Tags &lt;b&gt;like&lt;/b&gt; these &amp; &lt;script&gt;<mark>oboe</mark>()&lt;/script&gt;."
    )
    engine.write([hostile.entry], [])


def test_a_hit_says_how_long_the_answer_took(engine):
    assert 0 < ask(engine, "quorum").took_ms < 5000
