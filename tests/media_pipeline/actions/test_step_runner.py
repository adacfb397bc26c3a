"""From an uploaded film to a watchable, captioned one, with the real tools from end to end."""

import logging
from pathlib import Path

import av
import pytest
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from ground.jobs.queue import QUEUE
from media_pipeline.actions.films import delete_film
from media_pipeline.actions.lost_jobs import requeue_lost_jobs
from media_pipeline.actions.reruns import retry_step
from media_pipeline.actions.step_runner import run_all_steps, run_step
from media_pipeline.models import CaptionTrack, Film, Job
from media_pipeline.views.player import player_context
from tests.factories.media_pipeline import beginning, make_film, speak
from tests.media_pipeline.conftest import stored

pytestmark = pytest.mark.django_db(transaction=True)


SCRIPT = "Before you remove a comment, save a copy of it. Then say why you removed it."


ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def small_engine(settings):
    """The engine whose model is always there, whatever this machine has in its caches."""
    settings.MEDIA_ENGINE = "pocketsphinx"


@pytest.fixture(scope="session")
def spoken_film(kept) -> Path:
    """A person reading aloud, from the shared clips or else by Debian's synthesiser."""
    speech = speak(SCRIPT, kept / "speech.wav")
    if speech is None:
        pytest.skip("Debian's flite is not installed, so there is no speech to film")
    return film_of(speech, kept / "spoken.mp4")


def film_of(sound: Path, target: Path) -> Path:
    with av.open(str(sound)) as heard:
        seconds = heard.duration / av.time_base
    return make_film(target, sound=sound, seconds=seconds, size="640x360")


def words_of(film) -> list[str]:
    cues = film.tracks.current().get().cues.all()
    return " ".join(cue.sentence for cue in cues).lower().split()


def test_a_film_with_speech_becomes_watchable_and_captioned(upload, spoken_film, settings):
    told = []
    film = run_all_steps(
        upload(spoken_film), watch=lambda job, fraction: told.append((job.step, fraction))
    )
    assert film.state == Film.State.READY
    assert {job.status for job in film.jobs.all()} == {Job.Status.DONE}
    assert all(job.reason and job.progress == 1 for job in film.jobs.all())
    assert {(one.kind, one.height) for one in film.renditions.all()} == {
        ("sound", 0),
        ("hls", 360),
        ("mp4", 360),
    }
    rendition = film.renditions.get(kind="mp4")
    with av.open(rendition.file.path) as film_file:
        assert (film_file.streams.video[0].height, film_file.streams.video[0].width) == (360, 640)
        assert film_file.duration / av.time_base == pytest.approx(film.duration, abs=0.2)
    assert rendition.bytes == Path(rendition.file.path).stat().st_size
    assert film.poster.read()[:4] == b"RIFF"
    assert stored(settings.MEDIA_ROOT) == sorted(
        [
            *(
                f"{film.folder}/{name}"
                for name in (
                    *("360p.mp4", "360p.m3u8", "rung-360p.mp4", "sound.m3u8", "rung-sound.mp4"),
                    *("storyboard.jpg", "storyboard.vtt"),
                    *(f"still-{number}.webp" for number in range(1, film.stills.count() + 1)),
                )
            ),
            film.original.name,
        ]
    )
    assert {"renditions", "transcription"} <= {step for step, _ in told}
    assert all(0 <= fraction <= 1 for _, fraction in told)


def test_what_was_heard_is_in_the_captions_with_times_and_confidences(upload, spoken_film, caplog):
    with caplog.at_level(logging.INFO, logger="media_pipeline"):
        film = run_all_steps(upload(spoken_film))
    track = film.tracks.get()
    assert (track.kind, track.is_current, track.version) == ("automatic", True, 1)
    assert track.label == "automatic, not yet checked"
    assert len({"before", "remove", "comment", "copy"} & set(words_of(film))) >= 2
    words = [word for cue in track.cues.all() for word in cue.words]
    assert words == track.words
    assert all(word["start"] <= word["end"] <= film.duration + 1 for word in words)
    assert all(0 <= word["confidence"] <= 1 for word in words)
    job = film.jobs.get(step=Job.Step.TRANSCRIPTION)
    assert (job.engine, track.engine) == ("pocketsphinx", "pocketsphinx")
    assert job.engine_version == track.engine_version != ""
    assert "PocketSphinx ran, as the settings say." in job.reason
    assert track.reason in caplog.text


def test_auto_falls_back_to_the_engine_at_hand_and_says_why(
    upload, spoken_film, settings, monkeypatch
):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    settings.MEDIA_ENGINE = "auto"
    settings.MEDIA_MODEL_CACHE = settings.MEDIA_ROOT / "no-models"
    film = run_all_steps(upload(spoken_film))
    track = film.tracks.get()
    assert track.engine == "pocketsphinx"
    assert "fetching is switched off, so PocketSphinx ran." in track.reason


def test_a_given_script_gives_exactly_its_own_words(upload, spoken_film):
    film = run_all_steps(upload(spoken_film, script=SCRIPT))
    track = film.tracks.get()
    assert (track.kind, track.is_current) == ("aligned", True)
    assert words_of(film) == SCRIPT.lower().split()
    assert film.jobs.get(step=Job.Step.ALIGNMENT).engine == track.engine != ""


def test_a_passage_of_the_script_that_nobody_says_is_reported(upload, spoken_film):
    unsaid = "Meanwhile the quarterly budget for stationery was approved without any objections."
    film = run_all_steps(upload(spoken_film, script=f"{SCRIPT} {unsaid}"))
    assert film.state == Film.State.READY
    reason = film.jobs.get(step=Job.Step.ALIGNMENT).reason
    assert "was not found in the sound and has no caption: “" in reason
    assert "stationery" not in words_of(film)


def test_a_script_in_another_language_keeps_the_film_for_a_person_to_decide(upload, film_file):
    film = run_all_steps(upload(film_file, script="Croeso.", language="cy"))
    assert film.state == Film.State.NEEDS_ATTENTION
    assert "only be matched to English" in film.jobs.get(step=Job.Step.ALIGNMENT).reason


def test_a_shared_clip_of_real_speech_is_heard(upload, shared, kept):
    clip = shared / "speech" / "jfk.flac"
    if not clip.exists():
        pytest.skip(f"no clip at {clip}")
    film = run_all_steps(upload(film_of(clip, kept / "jfk.mp4")))
    expected = set(clip.with_suffix(".txt").read_text().lower().replace(",", "").split())
    assert len(expected & set(words_of(film))) / len(expected) > 0.5


def test_the_beginning_of_a_film_of_the_demonstration_goes_through(upload, kept):
    films = sorted((ROOT / "demo" / "films").glob("[!.]*.mp4"))
    if not films:
        pytest.skip("the demonstration's films have not been made")
    film = run_all_steps(upload(beginning(films[0], kept / "demo.mp4", seconds=15)))
    assert film.state == Film.State.READY
    assert sorted((one.kind, one.height) for one in film.renditions.all()) == [
        ("hls", 360),
        ("hls", 720),
        ("mp4", 360),
        ("mp4", 720),
        ("sound", 0),
    ]
    assert len(words_of(film)) > 15


def test_a_film_in_which_nobody_speaks_is_ready_without_captions(upload, film_file):
    film = run_all_steps(upload(film_file))
    assert film.state == Film.State.READY
    assert not CaptionTrack.objects.exists()
    reason = film.jobs.get(step=Job.Step.CAPTIONS).reason
    assert reason == "No speech was found, so the film has no captions."
    assert player_context(film)["tracks"] == []


def test_a_worker_does_all_steps_from_the_queue_of_films(upload, film_file):
    film = upload(film_file, queue=True)
    work_through("media", "speech")
    film.refresh_from_db()
    assert film.state == Film.State.READY
    tasks = DBTaskResult.objects.order_by("enqueued_at")
    steps = film.jobs.values_list("step", flat=True)
    listening = ["speech" if step in Job.SPEECH else "media" for step in steps]
    assert [task.queue_name for task in tasks] == listening
    assert {str(task.status) for task in tasks} == {"SUCCESSFUL"}


def work_through(*queues: str) -> None:
    worker = Worker(
        queue_names=list(queues),
        interval=0,
        batch=True,
        backend_name=QUEUE,
        startup_delay=False,
        max_tasks=20,
        worker_id="test",
        excluded_queue_names=[],
    )
    worker.run()


def test_a_step_that_breaks_says_so_plainly_and_stops_the_rest(upload, film_file, settings, caplog):
    film = upload(film_file)
    original = Path(film.original.path)
    run(film, Job.Step.PROBE)
    kept = original.read_bytes()
    original.write_bytes(kept[: len(kept) // 2])  # the disk failed
    film = run_all_steps(film)
    assert film.state == Film.State.NEEDS_ATTENTION
    job = film.jobs.get(step=Job.Step.FIRST_VERSION)
    assert job.status == Job.Status.FAILED
    assert job.reason.endswith(".")
    assert "Traceback" not in job.reason
    later = film.jobs.filter(position__gt=job.position)
    assert {one.status for one in later} == {Job.Status.WAITING}
    assert stored(settings.MEDIA_ROOT) == [film.original.name]
    original.write_bytes(kept)  # the disk was mended
    retry_step(job, by=film.uploaded_by)
    assert run_all_steps(film).state == Film.State.READY


def test_an_unexpected_error_is_told_to_the_log_alone(upload, film_file, settings, caplog):
    film = upload(film_file)
    # A row that a newer version of the site has left behind.
    film.jobs.filter(step=Job.Step.PROBE).update(step="unheard-of")
    run_all_steps(film)
    job = film.jobs.get(position=1)
    assert job.reason.startswith("Something unexpected went wrong. The film is kept")
    assert f"at job {job.pk}." in job.reason
    assert "ValueError" in caplog.text
    assert str(settings.MEDIA_ROOT) not in job.reason


def test_a_language_that_the_engine_does_not_know_keeps_the_film(upload, film_file):
    film = run_all_steps(upload(film_file, language="cy"))
    assert film.state == Film.State.NEEDS_ATTENTION
    job = film.jobs.get(step=Job.Step.TRANSCRIPTION)
    assert "PocketSphinx understands only English" in job.reason
    assert Path(film.original.path).is_file()


def test_doing_a_step_twice_does_it_once(upload, film_file):
    film = upload(film_file)
    run(film, Job.Step.PROBE)
    job = run(film, Job.Step.PROBE)
    assert (job.status, job.attempts) == (Job.Status.DONE, 1)


def test_a_step_out_of_its_turn_is_left_alone(upload, film_file):
    job = run(upload(film_file), Job.Step.POSTER)
    assert (job.status, job.attempts) == (Job.Status.WAITING, 0)


def run(film, step, **options) -> Job:
    job = film.jobs.get(step=step)
    run_step(job.pk, retry=False, **options)
    job.refresh_from_db()
    return job


def test_ctrl_c_gives_the_job_back_to_the_queue(upload, film_file):
    film = upload(film_file)
    run(film, Job.Step.PROBE)

    def interrupt(job, fraction):
        raise KeyboardInterrupt

    job = film.jobs.get(step=Job.Step.FIRST_VERSION)
    with pytest.raises(KeyboardInterrupt):
        run_step(job.pk, watch=interrupt)
    job.refresh_from_db()
    assert (job.status, job.lease) == (Job.Status.WAITING, None)
    assert requeue_lost_jobs() == 1
    assert DBTaskResult.objects.get(status="READY").args_kwargs["args"] == [job.pk]
    assert run_all_steps(film).state == Film.State.READY


def test_nothing_of_a_film_deleted_in_mid_step_is_left(upload, film_file, settings, editor):
    film = upload(film_file)
    run(film, Job.Step.PROBE)
    job = film.jobs.get(step=Job.Step.FIRST_VERSION)
    run_step(
        job.pk,
        retry=False,
        watch=lambda job, fraction: Film.objects.exists() and delete_film(film, by=editor),
    )
    assert not Job.objects.exists()
    assert stored(settings.MEDIA_ROOT) == []
