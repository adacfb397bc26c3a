"""Two versions become one: what a person wrote, and what a re-run heard."""

import pytest

from ground.refusals import Refused
from media_pipeline.actions.captions.comparison import compare, take_from
from media_pipeline.actions.captions.drafts import (
    begin_editing,
    save_draft,
)
from tests.media_pipeline.actions.conftest import (
    NOW,
    Kind,
    cue,
    current,
    edited,
    hear,
    text_of,
)

pytestmark = pytest.mark.django_db


def test_the_comparison_sets_the_edit_between_what_it_began_from_and_what_is_new(
    film, heard, person
):
    mine = edited(heard, person)
    hear(film, "we remove the common to day.")
    new = film.tracks.waiting().get()
    found = compare(mine, new)
    assert (found.base, found.mine, found.new) == (heard, mine, new)
    assert [one.change for one in found.passages] == ["both"]


def test_what_a_person_chose_becomes_a_draft_and_all_versions_stay(film, heard, person):
    mine = edited(heard, person)
    hear(film, "something new.")
    new = film.tracks.waiting().get()
    token = compare(mine, new).token
    kept = take_from(mine, new, {0: "mine"}, token=token, by=person)
    assert text_of(kept) == "We remove the comment today."
    assert current(film) == mine
    assert not film.tracks.waiting().exists()  # it has been dealt with
    assert film.tracks.count() == 4
    taken = take_from(mine, new, {0: "new"}, token=token, by=person)
    assert text_of(taken) == "something new."
    assert (taken.kind, taken.based_on) == (Kind.EDITED, mine)


def test_the_next_re_run_is_compared_with_the_one_dealt_with(film, heard, person):
    mine = edited(heard, person)
    hear(film, "something new.")
    second = film.tracks.waiting().get()
    token = compare(mine, second).token
    take_from(mine, second, {}, token=token, by=person)
    hear(film, "something new.")
    third = film.tracks.waiting().get()
    found = compare(mine, third)
    assert found.base == second
    assert [one.change for one in found.passages] == ["mine"]  # the re-run heard nothing new


def test_choices_made_on_an_older_state_are_not_applied(film, heard, person):
    draft = begin_editing(heard, by=person)
    hear(film, "something new.")
    new = current(film)
    token = compare(draft, new).token
    save_draft(draft, [cue(1, 2, "x")], revision=0, by=person, now=NOW)
    before = film.tracks.count()
    with pytest.raises(Refused, match="changed since this page was loaded"):
        take_from(draft, new, {0: "new"}, token=token, by=person)
    assert film.tracks.count() == before
