"""Who sees which film: the question about one film and the list of films always agree."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from media_pipeline.models import Recording
from media_pipeline.permissions import can_delete_recording, can_see_recording, can_upload
from tests.factories.media_pipeline import RecordingFactory
from tests.factories.party import MemberFactory

State = Recording.State


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
        "author": with_permission("add_recording"),
        "editor": with_permission("change_recording"),
        "superuser": MemberFactory(is_superuser=True),
    }


def test_the_list_and_the_single_answer_agree_for_everybody(people):
    for state in State:
        RecordingFactory(state=state)
        RecordingFactory(state=state, uploaded_by=people["author"])
        RecordingFactory(state=state, uploaded_by=people["member"])
    for person in people.values():
        visible = set(Recording.objects.visible_to(person))
        assert visible == {one for one in Recording.objects.all() if can_see_recording(person, one)}


def test_members_see_ready_films_and_nobody_else_sees_any(people):
    ready = RecordingFactory(state=State.READY)
    RecordingFactory(state=State.PROCESSING)
    assert list(Recording.objects.visible_to(people["member"])) == [ready]
    assert not Recording.objects.visible_to(people["nobody"]).exists()
    assert not Recording.objects.visible_to(people["left"]).exists()


def test_an_author_sees_her_own_upload_while_it_is_prepared(people):
    own = RecordingFactory(uploaded_by=people["author"])
    RecordingFactory()
    assert list(Recording.objects.visible_to(people["author"])) == [own]


def test_editors_see_refused_films_too(people):
    refused = RecordingFactory(state=State.REFUSED)
    assert list(Recording.objects.visible_to(people["editor"])) == [refused]


def test_uploading_and_deleting_ask_for_their_own_permission(people):
    film = RecordingFactory(uploaded_by=people["author"])
    assert [name for name, person in people.items() if can_upload(person)] == [
        "author",
        "superuser",
    ]
    may_delete = [name for name, one in people.items() if can_delete_recording(one, film)]
    assert may_delete == ["superuser"]
