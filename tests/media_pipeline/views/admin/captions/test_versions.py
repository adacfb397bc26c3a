"""Versions on a film’s page: published, reviewed, discarded, had as files."""

import io

import docx
import pytest
from wagtail.models import ModelLogEntry

from media_pipeline.actions.captions.drafts import begin_editing
from media_pipeline.actions.captions.publication import publish
from media_pipeline.steps.formats.vtt import parse_vtt
from tests.factories.party import MemberFactory
from tests.media_pipeline.views.admin.captions.conftest import film_page, row, send, version

pytestmark = pytest.mark.django_db


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


def test_a_discarded_draft_changes_nothing_for_viewers(admin, draft, film):
    response = admin.post(version(draft, "discard"), follow=True)
    assert "Viewers see no difference." in response.content.decode()
    assert film.tracks.get().is_current


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
