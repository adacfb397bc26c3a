"""What each step does with a film: files first, rows at the end inside one transaction."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Max
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media_pipeline import ready
from media_pipeline.actions.files import original_of, put_in_place
from media_pipeline.models import CaptionTrack, Cue, Job, Recording, Rendition
from media_pipeline.models.playing import spoken_time
from media_pipeline.steps import captions, probe, transcode
from media_pipeline.steps.poster import poster
from media_pipeline.steps.refusals import Refused
from media_pipeline.steps.sound import extract_sound
from media_pipeline.steps.words import Word

if TYPE_CHECKING:
    from media_pipeline.steps.align import Unmatched

logger = logging.getLogger(__name__)

Progress = Callable[[float], None]
Keep = Callable[[Recording], None]
POSTER_WIDTH = 640  # pixels: a page with a film weighs at most 100 KB, its poster included
MOST_LISTED = 5  # passages of a script that were not found, named on the job
SOUND_SHARE = 0.05  # of a speech step's time goes into taking the sound out of the film


@dataclass(frozen=True)
class Outcome:
    """What came of a step. `keep` writes it down, inside the transaction that finishes the job."""

    reason: str
    keep: Keep
    engine: str = ""
    engine_version: str = ""


def perform(job: Job, folder: Path, progress: Progress) -> Outcome:
    """Do the work of a job's step; raises Refused or StepFailed with a sentence.

    Unfinished files are made in `folder`; the outcome's `keep` moves them in place.
    """
    return STEPS[Job.Step(job.step)](job.recording, folder, progress)


def _look(recording: Recording, folder: Path, progress: Progress) -> Outcome:
    found = probe.probe(original_of(recording), _limits())

    def keep(recording: Recording) -> None:
        recording.duration = found.duration
        recording.width, recording.height = found.width, found.height
        recording.save(update_fields=["duration", "width", "height"])

    reason = _("%(time)s long, %(width)s × %(height)s pixels, with sound.") % {
        "time": spoken_time(found.duration),
        "width": found.width,
        "height": found.height,
    }
    return Outcome(reason, keep)


def _make_renditions(recording: Recording, folder: Path, progress: Progress) -> Outcome:
    source = original_of(recording)
    heights = transcode.ladder(probe.probe(source, _limits()))
    made = [
        transcode.transcode(
            source,
            folder / f"{height}p.mp4",
            height=height,
            progress=_part(progress, number / len(heights), (number + 1) / len(heights)),
        )
        for number, height in enumerate(heights)
    ]
    reason = _("Made: %(list)s.") % {
        "list": ", ".join(f"{one.height}p ({filesizeformat(one.bytes)})" for one in made)
    }
    return Outcome(reason, partial(_keep_renditions, made))


def _keep_renditions(made: Iterable[transcode.Rendition], recording: Recording) -> None:
    recording.renditions.all().delete()
    for one in made:
        Rendition.objects.create(
            recording=recording,
            height=one.height,
            width=one.width,
            file=put_in_place(one.path, f"{recording.folder}/{one.path.name}"),
            bytes=one.bytes,
            bitrate=one.bitrate,
        )


def _make_poster(recording: Recording, folder: Path, progress: Progress) -> Outcome:
    made = poster(original_of(recording), folder / "poster.jpg", width=POSTER_WIDTH)

    def keep(recording: Recording) -> None:
        recording.poster = put_in_place(made, f"{recording.folder}/poster.jpg")
        recording.save(update_fields=["poster"])

    return Outcome(_("A still picture was taken from the film."), keep)


def _transcribe(recording: Recording, folder: Path, progress: Progress) -> Outcome:
    from media_pipeline.steps.transcribe import choose_transcriber

    wav = _sound(recording, folder, progress)
    choice = choose_transcriber(
        settings.MEDIA_ENGINE,
        model=settings.MEDIA_WHISPER_MODEL,
        cache=settings.MEDIA_MODEL_CACHE,
    )
    heard = choice.transcriber.transcribe(
        wav,
        language=recording.language,
        glossary=recording.glossary_terms,
        progress=_part(progress, SOUND_SHARE, 1.0),
    )
    logger.info("Film %s: %s ran. %s", recording.pk, heard.engine, choice.reason)
    keep = partial(
        _keep_draft,
        CaptionTrack(
            kind=CaptionTrack.Kind.AUTOMATIC,
            engine=heard.engine,
            engine_version=heard.version,
            reason=choice.reason,
            words=_as_json(heard.words),
        ),
    )
    reason = f"{_word_count(len(heard.words))} {choice.reason}"
    return Outcome(reason, keep, heard.engine, heard.version)


def _align(recording: Recording, folder: Path, progress: Progress) -> Outcome:
    from media_pipeline.steps.align import align

    if recording.language != Recording.Language.ENGLISH:
        raise Refused(
            _(
                "A script can only be matched to English speech, and this film is in another "
                "language. The film is kept. Upload it again without the script."
            )
        )
    wav = _sound(recording, folder, progress)
    matched = align(wav, recording.script, progress=_part(progress, SOUND_SHARE, 1.0))
    why = _("The author gave the script, so its words were matched to the sound.")
    logger.info("Film %s: %s ran. %s", recording.pk, matched.engine, why)
    keep = partial(
        _keep_draft,
        CaptionTrack(
            kind=CaptionTrack.Kind.ALIGNED,
            engine=matched.engine,
            engine_version=matched.version,
            reason=why,
            words=_as_json(matched.words),
        ),
    )
    reason = f"{why} {_word_count(len(matched.words))}{_not_found(matched.unmatched)}"
    return Outcome(reason, keep, matched.engine, matched.version)


def _keep_draft(draft: CaptionTrack, recording: Recording) -> None:
    """Keep the words as a track without cues, in place of an earlier draft; no words, no track."""
    _forget_drafts(recording)
    if not draft.words:
        return
    latest = recording.tracks.filter(language=recording.language).aggregate(at=Max("version"))
    draft.recording, draft.language = recording, recording.language
    draft.version = (latest["at"] or 0) + 1
    draft.created_at = timezone.now()
    draft.save()


def _forget_drafts(recording: Recording) -> None:
    recording.tracks.filter(cues=None).delete()


def _compose(recording: Recording, folder: Path, progress: Progress) -> Outcome:
    draft = recording.tracks.filter(cues=None).first()
    composed = captions.compose_cues([Word(**word) for word in draft.words]) if draft else []
    if draft is None or not composed:
        nothing = _("No speech was found, so the film has no captions.")
        return Outcome(nothing, _forget_drafts)
    reason = ngettext("%(count)s caption.", "%(count)s captions.", len(composed))
    return Outcome(reason % {"count": len(composed)}, partial(_keep_cues, draft, composed))


def _keep_cues(draft: CaptionTrack, composed: Iterable[captions.Cue], recording: Recording) -> None:
    Cue.objects.bulk_create(
        Cue(
            track=draft,
            position=position,
            start=cue.start,
            end=cue.end,
            text=cue.text,
            words=_as_json(cue.words),
        )
        for position, cue in enumerate(composed, start=1)
    )
    recording.tracks.current().filter(language=draft.language).update(is_current=False)
    draft.is_current = True
    draft.save(update_fields=["is_current"])


def _hand_over(recording: Recording, folder: Path, progress: Progress) -> Outcome:
    def keep(recording: Recording) -> None:
        recording.state = Recording.State.READY
        recording.ready_at = timezone.now()
        recording.save(update_fields=["state", "ready_at"])
        ready.announce(recording)

    return Outcome(_("Ready to watch, and handed over to search."), keep)


def _sound(recording: Recording, folder: Path, progress: Progress) -> Path:
    return extract_sound(
        original_of(recording),
        folder / "sound.wav",
        duration=recording.duration,
        progress=_part(progress, 0.0, SOUND_SHARE),
    )


def _part(progress: Progress, begin: float, end: float) -> Progress:
    """Report a part of a step as that stretch of the whole."""
    return lambda fraction: progress(begin + (end - begin) * fraction)


def _limits() -> probe.Limits:
    return probe.Limits(bytes=settings.MEDIA_MAX_BYTES, seconds=settings.MEDIA_MAX_SECONDS)


def _as_json(words: Iterable[Word]) -> list[dict[str, str | float]]:
    return [
        {**asdict(word), "start": round(word.start, 3), "end": round(word.end, 3)} for word in words
    ]


def _not_found(passages: "Sequence[Unmatched]") -> str:
    """What of the script the sound does not hold: the first few passages, each with its place."""
    if not passages:
        return ""
    listed = ", ".join(
        f"“{Truncator(passage.text).chars(60)}” ({spoken_time(passage.start)})"
        for passage in passages[:MOST_LISTED]
    )
    count = len(passages)
    sentence = ngettext(
        "%(count)s passage of the script was not found in the sound and has no caption: %(list)s.",
        "%(count)s passages of the script were not found in the sound and have no caption, "
        "among them: %(list)s.",
        count,
    )
    return " " + sentence % {"count": count, "list": listed}


def _word_count(count: int) -> str:
    if not count:
        return _("No speech was found.")
    return ngettext("%(count)s word.", "%(count)s words.", count) % {"count": count}


STEPS: dict[Job.Step, Callable[[Recording, Path, Progress], Outcome]] = {
    Job.Step.PROBE: _look,
    Job.Step.RENDITIONS: _make_renditions,
    Job.Step.POSTER: _make_poster,
    Job.Step.TRANSCRIPTION: _transcribe,
    Job.Step.ALIGNMENT: _align,
    Job.Step.CAPTIONS: _compose,
    Job.Step.INDEX: _hand_over,
}
