"""Who sees which film: the question about one film and the list of films always agree."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from media_pipeline.models import CaptionTrack, Film
from media_pipeline.permissions import (
    can_delete_film,
    can_edit_captions,
    can_review_captions,
    can_see_film,
    can_see_track,
    can_upload,
)
from tests.factories.media_pipeline import CaptionTrackFactory, FilmFactory
from tests.factories.party import MemberFactory

State = Film.State


def with_permission(*names):
    person = MemberFactory()
    person.user_permissions.set(Permission.objects.filter(codename__in=names))
    return person


@pytest.fixture
def people(db):
    return {
        "nobody": AnonymousUser(),
        "member": MemberFactory(),
        "left": MemberFactory(is_active=False),
        "author": with_permission("add_film"),
        "editor": with_permission("change_film"),
        "superuser": MemberFactory(is_superuser=True),
    }


def test_the_list_and_the_single_answer_agree_for_everybody(people):
    for state in State:
        FilmFactory(state=state)
        FilmFactory(state=state, uploaded_by=people["author"])
        FilmFactory(state=state, uploaded_by=people["member"])
    for person in people.values():
        visible = set(Film.objects.visible_to(person))
        assert visible == {one for one in Film.objects.all() if can_see_film(person, one)}


def test_members_see_ready_films_and_nobody_else_sees_any(people):
    ready = FilmFactory(state=State.READY)
    FilmFactory(state=State.PROCESSING)
    assert list(Film.objects.visible_to(people["member"])) == [ready]
    assert not Film.objects.visible_to(people["nobody"]).exists()
    assert not Film.objects.visible_to(people["left"]).exists()


def test_an_author_sees_her_own_upload_while_it_is_prepared(people):
    own = FilmFactory(uploaded_by=people["author"])
    FilmFactory()
    assert list(Film.objects.visible_to(people["author"])) == [own]


def test_editors_see_refused_films_too(people):
    refused = FilmFactory(state=State.REFUSED)
    assert list(Film.objects.visible_to(people["editor"])) == [refused]


def test_uploading_and_deleting_ask_for_their_own_permission(people):
    film = FilmFactory(uploaded_by=people["author"])
    assert [name for name, person in people.items() if can_upload(person)] == [
        "author",
        "superuser",
    ]
    may_delete = [name for name, one in people.items() if can_delete_film(one, film)]
    assert may_delete == ["superuser"]


def test_the_versions_of_captions_and_the_single_answer_agree_for_everybody(people):
    for state in (State.READY, State.PROCESSING):
        for owner in (people["author"], people["member"]):
            film = FilmFactory(state=state, uploaded_by=owner)
            CaptionTrackFactory(film=film, version=1)
            for version, stage in enumerate(CaptionTrack.Stage, start=2):
                CaptionTrackFactory(film=film, version=version, is_current=False, stage=stage)
    counts = {}
    for name, person in people.items():
        visible = set(CaptionTrack.objects.visible_to(person))
        every = CaptionTrack.objects.select_related("film")
        assert visible == {one for one in every if can_see_track(person, one)}
        counts[name] = len(visible)
    assert counts == {
        "nobody": 0,
        "member": 2,
        "left": 0,
        "author": 7,
        "editor": 12,
        "superuser": 12,
    }


def test_an_author_edits_her_own_films_captions_and_editors_review_all(people):
    own, other = FilmFactory(uploaded_by=people["author"]), FilmFactory()
    may_edit = {name for name, one in people.items() if can_edit_captions(one, other)}
    assert may_edit == {"editor", "superuser"}
    may_edit = {name for name, one in people.items() if can_edit_captions(one, own)}
    assert may_edit == {"author", "editor", "superuser"}
    may_review = {name for name, one in people.items() if can_review_captions(one, own)}
    assert may_review == {"editor", "superuser"}
