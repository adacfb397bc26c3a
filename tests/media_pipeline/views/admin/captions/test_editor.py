"""Captions in the editors' admin: who may, what the editor sends, versions and files."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    CueFactory,
    watchable,
)
from tests.factories.party import MemberFactory
from tests.media_pipeline.views.admin.captions.conftest import film_page, row, send, version
from tests.pages import assert_hidden, visible_text

pytestmark = pytest.mark.django_db


EDITOR_QUERIES, START_QUERIES, COMPARE_QUERIES = 18, 18, 18


ATTACK = "<script>alert(1)</script>"


@pytest.fixture
def author(db):
    """A person who uploads films and sees those of others only when they are ready."""
    authors = Group.objects.create(name="Authors")
    names = ["access_admin", "add_film", "view_film"]
    authors.permissions.set(Permission.objects.filter(codename__in=names))
    person = MemberFactory(first_name="Ada", last_name="Author")
    person.groups.add(authors)
    return person


def document_in(response):
    return response.context["document"]


def test_an_author_edits_the_captions_of_their_own_film_and_of_no_other(client, author, film):
    own = watchable(uploaded_by=author)
    client.force_login(author)
    assert client.get(film_page(own)).status_code == 200
    assert_hidden(client, film_page(own, "captions_text"))  # no draft yet
    track = film.tracks.get()
    for address in (
        film_page(film),
        film_page(film, "captions_text"),
        film_page(film, "captions_compare"),
    ):
        assert_hidden(client, address)
    assert client.post(film_page(film, "captions_begin"), {"track": track.pk}).status_code == 404
    for name in ("save", "publish", "review", "discard"):
        assert client.post(version(track, name)).status_code == 404
    assert film.tracks.count() == 1


def test_an_author_publishes_but_leaves_the_review_to_an_editor(client, author, editor):
    own = watchable(uploaded_by=author)
    client.force_login(author)
    client.post(film_page(own, "captions_begin"), {"track": own.tracks.get().pk})
    html = client.get(film_page(own)).content.decode()
    assert "Publish" in html
    assert "mark as reviewed" not in html
    draft = own.tracks.drafts_of(author).get()
    assert client.post(version(draft, "review")).status_code == 404
    client.post(version(draft, "publish"))
    assert own.tracks.current().get() == draft
    client.force_login(editor)
    client.post(version(draft, "review"))
    assert own.tracks.current().get().reviewer_name == "Edith Editor"


def test_members_and_visitors_get_nothing_of_it(client, member, film, draft):
    for person in (member, None):
        if person:
            client.force_login(person)
        else:
            client.logout()
        for address in (film_page(film), version(draft, "export", "vtt")):
            assert client.get(address).status_code in {302, 403}
        assert send(client, draft, revision=0, cues=[]).status_code == (302 if person else 401)
    draft.refresh_from_db()
    assert draft.revision == 0


def test_every_change_asks_for_the_token_of_the_form(editor, film, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert send(client, draft, revision=0, cues=[]).status_code == 403
    for name in ("publish", "review", "discard"):
        assert client.post(version(draft, name)).status_code == 403
        assert client.get(version(draft, name)).status_code == 405
    assert client.get(version(draft, "save")).status_code == 405
    draft.refresh_from_db()
    assert (draft.revision, draft.is_draft) == (0, True)


def test_what_does_not_exist_is_not_found(admin, film, draft):
    other = watchable()
    assert_hidden(admin, "/admin/films/999/captions/")
    assert admin.post("/admin/films/captions/999/save/").status_code == 404
    assert_hidden(admin, version(draft, "export", "exe"))
    compare = film_page(film, "captions_compare")
    shown = film.tracks.current().get()
    for mine, new in [
        ("", ""),
        (shown.pk, shown.pk),
        (shown.pk, other.tracks.get().pk),
        ("x", "²"),
    ]:
        assert_hidden(admin, compare, {"mine": mine, "new": new})
    assert draft.cues.count() == 3
    begin = {"track": other.tracks.get().pk}
    assert admin.post(film_page(film, "captions_begin"), begin).status_code == 404


def test_without_a_draft_the_page_shows_versions_and_broken_rules(admin, film):
    cue = film.tracks.get().cues.first()
    cue.end = cue.start + 0.5
    cue.save()
    html = admin.get(film_page(film)).content.decode()
    assert "It is shown for 0.50 s; at least 0.83." in html
    assert "Version 1" in html
    assert "shown to viewers" in html
    assert "Edit captions" in html


def test_beginning_leads_to_the_editor_with_film_cues_and_rules(admin, editor, film):
    track = film.tracks.get()
    response = admin.post(film_page(film, "captions_begin"), {"track": track.pk})
    assert response.url == film_page(film)
    response = admin.get(response.url)
    document = document_in(response)
    assert (document["revision"], document["duration"], len(document["cues"])) == (0, 60.0, 3)
    assert document["cues"][0]["text"] == "What is said\nin cue 1."
    assert document["rules"]["line_length"] == 42
    html = response.content.decode()
    assert "media_pipeline/captions/editor.js" in html
    assert "<video" in html
    assert "<noscript>" in html
    assert f'data-url="{version(film.tracks.drafts_of(editor).get(), "save")}"' in html


def test_a_film_without_speech_gets_its_captions_written(admin, editor):
    film = watchable()
    film.tracks.all().delete()
    assert "Write captions" in admin.get(film_page(film)).content.decode()
    admin.post(film_page(film, "captions_begin"))
    assert document_in(admin.get(film_page(film)))["cues"] == []


def test_no_script_in_a_cue_or_a_name_runs(admin, film, draft):
    film.title = ATTACK
    film.save()
    answer = send(admin, draft, revision=0, cues=[row(1, 2, ATTACK, ATTACK[:20])])
    assert answer.status_code == 200
    admin.post(version(draft, "publish"))
    text_page = film_page(film, "captions_text")
    admin.post(film_page(film, "captions_begin"), {"track": draft.pk})
    mine = film.tracks.drafts_of(draft.made_by).get()
    first = film.tracks.get(version=1)
    compare = f"{film_page(film, 'captions_compare')}?mine={mine.pk}&new={first.pk}"
    for address in (film_page(film), text_page, compare, film_page(film, "edit")):
        html = admin.get(address).content.decode()
        assert ATTACK not in html
        assert "alert(1)" in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_whatever_the_number_of_versions(
    admin, editor, count, django_assert_num_queries
):
    film = watchable()
    for number in range(2, count + 2):
        track = CaptionTrackFactory(film=film, version=number, is_current=False)
        CueFactory(track=track, position=1)
    admin.get(film_page(film))
    with django_assert_num_queries(START_QUERIES):
        admin.get(film_page(film))
    compare = {"mine": film.tracks.current().get().pk, "new": track.pk}
    with django_assert_num_queries(COMPARE_QUERIES):
        admin.get(film_page(film, "captions_compare"), compare)
    admin.post(film_page(film, "captions_begin"), {"track": track.pk})
    with django_assert_num_queries(EDITOR_QUERIES):
        admin.get(film_page(film))


def test_the_same_draft_can_be_edited_as_text(admin, draft, film):
    cue = draft.cues.get(position=1)
    cue.words = [{"text": "What", "start": 2.0, "end": 2.4, "confidence": 0.4}]
    cue.save()
    page = admin.get(film_page(film, "captions_text"))
    assert "00:00:02.000 --&gt; 00:00:03.500" in page.content.decode()
    text = "WEBVTT\n\n00:02.000 --> 00:03.500\n<v Ann>What is meant\n"
    response = admin.post(film_page(film, "captions_text"), {"text": text, "revision": 0})
    assert response.url == film_page(film, "captions_text")
    kept = draft.cues.get()
    assert (kept.text, kept.speaker, kept.words[0]["confidence"]) == ("What is meant", "Ann", 0.4)


@pytest.mark.parametrize(
    ("text", "revision", "sentence"),
    [
        ("no captions", 0, "its first line is not"),
        ("WEBVTT\n\n0 --> 1\nx", 0, "a time that cannot be read"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nx", 0, "Cue 1 ends at"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx", 7, "changed in another window"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx", "²", "changed in another window"),
    ],
)
def test_a_text_that_cannot_be_saved_is_shown_again_with_the_reason(
    admin, draft, film, text, revision, sentence
):
    data = {"text": text, "revision": revision}
    response = admin.post(film_page(film, "captions_text"), data)
    assert response.status_code == 422
    html = response.content.decode()
    assert sentence in html
    assert text.split("\n")[-1] in html
    assert draft.cues.count() == 3


def test_numbers_longer_than_any_are_answered_not_crashed_on(admin, film, draft):
    endless = "9" * 5000
    assert admin.post(film_page(film, "captions_begin"), {"track": endless}).status_code == 404
    compared = f"{film_page(film, 'captions_compare')}?mine={endless}&new={draft.pk}"
    assert_hidden(admin, compared)
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nx"
    answer = admin.post(film_page(film, "captions_text"), {"text": text, "revision": endless})
    assert "changed in another window" in visible_text(answer)
    assert draft.cues.count() == 3
