"""Captions in the editors' admin: who may, what the editor sends, versions and files."""

import io
import json

import docx
import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from media_pipeline.actions.captions.drafts import begin_editing
from media_pipeline.actions.captions.publication import publish
from media_pipeline.models import CaptionTrack, Film
from media_pipeline.steps.formats.vtt import parse_vtt
from media_pipeline.views.admin.captions.autosave import MOST_BYTES
from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    CueFactory,
    FilmFactory,
    watchable,
)
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db
EDITOR_QUERIES, START_QUERIES, COMPARE_QUERIES = 18, 18, 18
ATTACK = "<script>alert(1)</script>"


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def author(db):
    """A person who uploads films and sees those of others only when they are ready."""
    authors = Group.objects.create(name="Authors")
    names = ["access_admin", "add_film", "view_film"]
    authors.permissions.set(Permission.objects.filter(codename__in=names))
    person = MemberFactory(first_name="Ada", last_name="Author")
    person.groups.add(authors)
    return person


@pytest.fixture
def film():
    return watchable(title="Keeping a record")


@pytest.fixture
def draft(film, editor):
    return begin_editing(film.tracks.get(), by=editor)


def film_page(film, name="captions"):
    return reverse(f"films:{name}", args=[film.pk])


def version(track, name, *more):
    return reverse(f"films:captions_{name}", args=[track.pk, *more])


def send(client, draft, **body):
    return client.post(version(draft, "save"), json.dumps(body), content_type="application/json")


def row(start, end, text, speaker="", words=()):
    return {"start": start, "end": end, "text": text, "speaker": speaker, "words": list(words)}


def document_in(response):
    return response.context["document"]


# --- who may ---------------------------------------------------------------------------------


def test_an_author_edits_the_captions_of_her_own_film_and_of_no_other(client, author, film):
    own = watchable(uploaded_by=author)
    client.force_login(author)
    assert client.get(film_page(own)).status_code == 200
    assert client.get(film_page(own, "captions_text")).status_code == 404  # no draft yet
    track = film.tracks.get()
    for address in (
        film_page(film),
        film_page(film, "captions_text"),
        film_page(film, "captions_compare"),
    ):
        assert client.get(address).status_code == 404
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
        assert send(client, draft, revision=0, cues=[]).status_code in {302, 403}
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
    assert admin.get("/admin/films/999/captions/").status_code == 404
    assert admin.post("/admin/films/captions/999/save/").status_code == 404
    assert admin.get(version(draft, "export", "exe")).status_code == 404
    compare = film_page(film, "captions_compare")
    shown = film.tracks.current().get()
    for mine, new in [
        ("", ""),
        (shown.pk, shown.pk),
        (shown.pk, other.tracks.get().pk),
        ("x", "²"),
    ]:
        assert admin.get(compare, {"mine": mine, "new": new}).status_code == 404
    begin = {"track": other.tracks.get().pk}
    assert admin.post(film_page(film, "captions_begin"), begin).status_code == 404


# --- the editor ------------------------------------------------------------------------------


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


# --- saving ----------------------------------------------------------------------------------


def test_what_changed_is_sent_alone_and_the_whole_is_kept(admin, draft):
    changed = row(
        4.1, 5.4, "Other words.", "Ann", [["Other", 4.1, 4.5, 0.3], ["words.", 4.5, 5, 1]]
    )
    answer = send(admin, draft, revision=0, splice=[1, 1, [changed]]).json()
    assert (answer["revision"], answer["score"]) == (1, 100.0)
    assert answer["saved_at"].count(":") == 2
    kept = [(one.text, one.speaker) for one in draft.cues.all()]
    assert kept == [
        ("What is said\nin cue 1.", ""),
        ("Other words.", "Ann"),
        ("What is said\nin cue 3.", ""),
    ]
    assert draft.cues.get(position=2).words[0]["confidence"] == 0.3


def test_a_stale_window_is_told_and_its_words_become_a_draft_to_compare(admin, editor, draft):
    send(admin, draft, revision=0, splice=[0, 3, [row(1, 2, "First.")]])
    late = send(admin, draft, revision=0, splice=[2, 1, [row(6, 7, "Second.")]])
    assert late.status_code == 409
    assert "changed in another window" in late.json()["sentence"]
    late = send(admin, draft, revision=0, cues=[row(1, 2, "Second.")])
    assert late.status_code == 409
    url = send(admin, draft, apart=True, cues=[row(1, 2, "Second.")]).json()["url"]
    html = admin.get(url).content.decode()
    assert "First." in html
    assert "Second." in html
    drafts = draft.film.tracks.drafts_of(editor)
    assert [one.cues.get().text for one in drafts] == ["Second.", "First."]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{",
        "[" * 100_000,
        '{"revision": 0}',
        '{"revision": 0, "cues": "x"}',
        '{"revision": 0, "cues": [1]}',
        '{"revision": 0, "cues": [{"start": "1", "end": 2, "text": "x"}]}',
        '{"revision": 0, "cues": [{"start": true, "end": 2, "text": "x"}]}',
        '{"revision": 0, "cues": [{"start": NaN, "end": 2, "text": "x"}]}',
        '{"revision": 0, "cues": [{"start": 0, "end": Infinity, "text": "x"}]}',
        '{"revision": 0, "cues": [{"start": 0, "end": 1e999, "text": "x"}]}',
        '{"revision": 0, "cues": [{"start": 0, "end": 1%s, "text": "x"}]}' % ("0" * 400),
        '{"revision": 0, "cues": [{"start": 0, "end": 1, "text": 5}]}',
        '{"revision": 0, "cues": [{"start": 0, "end": 1, "text": "x", "words": [["x"]]}]}',
        '{"revision": 0, "cues": [{"start": 0, "end": 1, "text": "x", "words": [[1, 0, 1, 1]]}]}',
        '{"revision": 0, "cues": [{"start": 3, "end": 1, "text": "x"}]}',
        '{"revision": 0, "splice": [0, 1]}',
        '{"revision": 0, "splice": [-1, 1, []]}',
        '{"revision": 0, "splice": [0, true, []]}',
        '{"revision": 0, "splice": {"0": 1}}',
    ],
)
def test_nonsense_is_refused_with_a_sentence_and_nothing_changes(admin, draft, body):
    answer = admin.post(version(draft, "save"), body, content_type="application/json")
    assert answer.status_code == 422
    assert len(answer.json()["sentence"]) > 20
    draft.refresh_from_db()
    assert (draft.revision, draft.cues.count()) == (0, 3)


def test_more_than_a_draft_can_be_is_refused_unread(admin, draft):
    answer = admin.post(
        version(draft, "save"), "x" * (MOST_BYTES + 1), content_type="application/json"
    )
    assert answer.status_code == 413
    assert "too long to be saved at once" in answer.json()["sentence"]


def test_text_that_no_file_can_hold_is_tidied(admin, draft):
    text = "one\u0000\n\n  two\t \ud800three\r\nfour"
    send(admin, draft, revision=0, cues=[row(1, 2, text)])
    assert draft.cues.get().text == "one\ntwo three\nfour"


# --- as text ---------------------------------------------------------------------------------


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


# --- versions --------------------------------------------------------------------------------


def test_the_film_s_page_lists_versions_with_kind_person_score_and_files(admin, draft, film):
    send(admin, draft, revision=0, splice=[0, 1, []])
    html = admin.get(film_page(film, "edit")).content.decode()
    assert "Carry on with your draft" in html
    assert "Edith Editor, 21 " in html or "Edith Editor" in html
    assert "from version 1" in html
    assert "score 100.0" in html
    for kind in ("vtt", "srt", "ttml", "txt", "docx"):
        assert version(draft, "export", kind) in html


def test_publishing_and_reviewing_lead_back_to_the_film_with_the_label(admin, draft, film):
    response = admin.post(version(draft, "review"), {"revision": 0}, follow=True)
    html = response.content.decode()
    assert "reviewed by Edith Editor on" in html
    assert "Captions: reviewed by Edith Editor on" in html
    assert ModelLogEntry.objects.filter(action="media_pipeline.review_captions").count() == 1


def test_what_cannot_be_published_is_said_on_the_editor_s_page(admin, draft, film):
    send(admin, draft, revision=0, splice=[0, 0, [row(0, 1, "")]])
    response = admin.post(version(draft, "publish"), {"revision": 1}, follow=True)
    assert "Cue 1 has no words." in response.content.decode()
    assert response.redirect_chain[-1][0] == film_page(film)
    admin.post(version(draft, "publish"), {"revision": 0})  # not what was seen
    assert film.tracks.current().get().version == 1


def test_a_draft_that_does_not_know_the_version_shown_leads_to_the_comparison(admin, draft, film):
    theirs = begin_editing(film.tracks.get(version=1), by=MemberFactory())
    publish(theirs, by=theirs.made_by, now=theirs.created_at)
    response = admin.post(version(draft, "publish"))
    assert response.url.endswith(f"?mine={draft.pk}&new={theirs.pk}")
    assert admin.get(response.url).status_code == 200


def test_the_waiting_draft_of_a_re_run_is_offered_for_comparison(admin, draft, film):
    publish(draft, by=draft.made_by, now=draft.created_at)
    new = CaptionTrackFactory(film=film, version=3, is_current=False, stage="draft")
    CueFactory(track=new, position=1, text="Heard otherwise.")
    html = admin.get(film_page(film, "edit")).content.decode()
    link = f"{film_page(film, 'captions_compare')}?mine={draft.pk}&amp;new={new.pk}"
    assert link in html
    page = admin.get(link.replace("&amp;", "&"))
    assert [one.change for one in page.context["rows"]] == ["new", "new", "new"]
    html = page.content.decode()
    assert "<ins>" in html
    assert "<del>" in html
    token = page.context["comparison"].token
    numbers = [one.number for one in page.context["rows"]]
    choices = {f"passage-{numbers[0]}": "new", f"passage-{numbers[1]}": "mine"}
    response = admin.post(link.replace("&amp;", "&"), {"token": token, **choices})
    assert response.url == film_page(film)
    merged = film.tracks.drafts_of(draft.made_by).get()
    assert [one.text for one in merged.cues.all()] == [
        "Heard otherwise.",
        "What is said\nin cue 2.",
        "What is said\nin cue 3.",
    ]


def test_a_discarded_draft_changes_nothing_for_viewers(admin, draft, film):
    response = admin.post(version(draft, "discard"), follow=True)
    assert "Viewers see no difference." in response.content.decode()
    assert film.tracks.get().is_current


# --- files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("vtt", "text/vtt; charset=utf-8"),
        ("srt", "application/x-subrip; charset=utf-8"),
        ("ttml", "application/ttml+xml; charset=utf-8"),
        ("txt", "text/plain; charset=utf-8"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_every_version_can_be_had_as_a_file_of_each_kind(admin, draft, kind, content_type):
    response = admin.get(version(draft, "export", kind))
    assert response["Content-Type"] == content_type
    name = f'attachment; filename="keeping-a-record-v2.en.{kind}"'
    assert response["Content-Disposition"] == name
    if kind == "docx":
        words = "\n".join(
            one.text for one in docx.Document(io.BytesIO(response.content)).paragraphs
        )
        assert "What is said in cue 2." in words
    elif kind == "vtt":
        assert len(parse_vtt(response.content.decode())) == 3
    else:
        assert b"in cue 2." in response.content


def test_members_keep_the_transcript_of_films_they_may_watch_and_of_no_other(client, member):
    film = watchable(title="Keeping a record")
    hidden = FilmFactory(state=Film.State.PROCESSING)
    CaptionTrackFactory(film=hidden)
    client.force_login(member)
    for kind in ("txt", "docx"):
        response = client.get(f"/films/{film.uuid}/transcript.en.{kind}")
        assert response.status_code == 200
        assert f"keeping-a-record-v1.en.{kind}" in response["Content-Disposition"]
        assert client.get(f"/films/{hidden.uuid}/transcript.en.{kind}").status_code == 404
    assert client.get(f"/films/{film.uuid}/transcript.en.vtt").status_code == 404
    assert client.get(f"/films/{film.uuid}/transcript.cy.txt").status_code == 404
    client.logout()
    assert client.get(f"/films/{film.uuid}/transcript.en.txt").status_code == 302


def test_a_draft_is_nothing_for_members(client, member, draft):
    client.force_login(member)
    html = client.get(f"/films/{draft.film.uuid}/captions.en.vtt").content.decode()
    assert "in cue 1." in html
    assert CaptionTrack.objects.visible_to(member).count() == 1


def test_numbers_longer_than_any_are_answered_not_crashed_on(admin, film, draft):
    endless = "9" * 5000
    assert admin.post(film_page(film, "captions_begin"), {"track": endless}).status_code == 404
    compared = f"{film_page(film, 'captions_compare')}?mine={endless}&new={draft.pk}"
    assert admin.get(compared).status_code == 404
    answer = admin.post(film_page(film, "captions_text"), {"text": "WEBVTT", "revision": endless})
    assert answer.status_code == 422
