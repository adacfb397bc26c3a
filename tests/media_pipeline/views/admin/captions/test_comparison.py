"""Two versions side by side, passage by passage."""

import pytest

from media_pipeline.actions.captions.publication import publish
from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    CueFactory,
)
from tests.media_pipeline.views.admin.captions.conftest import film_page

pytestmark = pytest.mark.django_db


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
