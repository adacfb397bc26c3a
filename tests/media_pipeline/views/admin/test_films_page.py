"""What pages about films say where the recogniser of speech is not installed."""

import sys

import pytest

from tests.media_pipeline.views.admin.conftest import JOBS, NEW
from tests.pages import visible_text

pytestmark = pytest.mark.django_db

HOW = "pip install --require-hashes -r requirements/models.txt"
SENTENCES = {
    "auto": (
        "Whisper is not installed, so PocketSphinx recognises the speech, with more errors. "
        f"Install Whisper: {HOW}"
    ),
    "whisper": f"Whisper is not installed, so speech cannot be recognised. Install it: {HOW}",
}


@pytest.mark.parametrize("address", [NEW, JOBS])
@pytest.mark.parametrize("engine", SENTENCES)
def test_the_upload_form_and_the_jobs_say_what_to_install(
    admin, settings, monkeypatch, address, engine
):
    settings.MEDIA_ENGINE = engine
    assert "Whisper" not in visible_text(admin.get(address))
    monkeypatch.setitem(sys.modules, "faster_whisper", None)  # as where it is not installed
    assert SENTENCES[engine] in visible_text(admin.get(address))
    settings.MEDIA_ENGINE = "pocketsphinx"
    assert "Whisper" not in visible_text(admin.get(address))
