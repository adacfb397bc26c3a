"""What recognition and alignment leave on a film's track: words, corrections, warnings."""

from pathlib import Path

import pytest

from media_pipeline.actions.job_steps.dispatch import perform
from media_pipeline.models import CaptionTrack, Job
from media_pipeline.models.glossaries import Glossary
from tests.factories.media_pipeline import beginning

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def spoken(tmp_path_factory):
    target = tmp_path_factory.mktemp("spoken") / "spoken.mp4"
    return beginning(ROOT / "demo" / "films" / "keeping-a-record.mp4", target, seconds=8)


def performed(film, step, tmp_path):
    job = Job.objects.get_or_create(film=film, step=step, defaults={"position": 9})[0]
    outcome = perform(job, tmp_path, lambda _done: None)
    outcome.keep(film)
    return outcome.reason, film.tracks.filter(stage=CaptionTrack.Stage.WORDS).get()


def test_every_correction_is_kept_with_the_words(upload, spoken, tmp_path, settings):
    settings.MEDIA_ENGINE = "pocketsphinx"
    Glossary.objects.create(
        name="Site", is_everywhere=True, corrections="good record = good Record"
    )
    film = upload(spoken)
    reason, track = performed(film, Job.Step.TRANSCRIPTION, tmp_path)
    assert "words." in reason
    (use,) = track.corrections
    assert (use["heard"], use["written"]) == ("good record", "good Record")
    assert 0 < use["second"] < 2
    texts = [word["text"] for word in track.words]
    assert "Record" in texts
    assert "record" not in texts
    assert (track.warnings, track.detected_language) == ([], "")


def test_what_script_and_sound_do_not_share_is_kept_as_warnings(upload, spoken, tmp_path):
    unsaid = "Subscriptions fall due on the ninth of October in every leap year."
    film = upload(spoken, script=f"A good record is short. {unsaid}")
    reason, track = performed(film, Job.Step.ALIGNMENT, tmp_path)
    assert track.kind == CaptionTrack.Kind.ALIGNED
    assert [word["text"] for word in track.words] == ["A", "good", "record", "is", "short."]
    assert len(track.warnings) == 2
    assert track.warnings[0].startswith(f"“{unsaid}” stands in the script but was not found")
    assert track.warnings[1].startswith("From ")
    assert "somebody speaks and the script says nothing" in track.warnings[1]
    assert "1 passage of the script was not found" in reason
    assert "In 1 place somebody speaks and the script says nothing" in reason
