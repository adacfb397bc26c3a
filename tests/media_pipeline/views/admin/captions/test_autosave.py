"""What the editor sends while somebody writes: kept, or refused with a sentence."""

import pytest

from media_pipeline.views.admin.captions.autosave import MOST_BYTES
from tests.media_pipeline.views.admin.captions.conftest import row, send, version

pytestmark = pytest.mark.django_db


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
