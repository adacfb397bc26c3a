"""A document, and where a film that it is said in opens."""

import pytest

from search.engines.document import Document, Entry, aside, clock

SAID = Document(
    id="film#1",
    key="film",
    kind="film",
    url="/films/one/?t={t}",
    title="One",
    body="Be civil. Ask the secretary.",
    seconds=4.0,
    moments=((0, 4.0), (10, 61.5)),
)


def test_a_word_is_said_at_the_last_moment_before_it():
    assert [SAID.second_of(character) for character in (0, 9, 10, 27)] == [4.0, 4.0, 61.5, 61.5]
    assert Document("1", "1", "rule", "/", "").second_of(3) is None


def test_a_film_opens_two_seconds_before_the_words_and_never_before_its_beginning():
    assert [SAID.opening_at(second) for second in (61.5, 1.0, None)] == [
        "/films/one/?t=59.5",
        "/films/one/?t=0.0",
        "/films/one/?t=0.0",
    ]


@pytest.mark.parametrize(
    ("second", "written"),
    [(None, ""), (0.0, "0:00"), (59.9, "0:59"), (83, "1:23"), (3723.4, "1:02:03")],
)
def test_a_second_is_written_as_people_write_it(second, written):
    assert clock(second) == written


def test_an_entry_is_named_by_its_kind_and_key():
    assert SAID.entry == Entry("film", "film")


def test_what_is_kept_aside_has_words_that_no_audience_has_by_itself():
    assert aside({"members", "editors"}) == {"members@aside", "editors@aside"}
