"""Has the speech recognised, or matches the author's script to it."""

import logging
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ground.refusals import Refused
from media_pipeline.actions.captions.versions import as_json
from media_pipeline.actions.files import original_of
from media_pipeline.actions.job_steps.composition import keep_words
from media_pipeline.actions.job_steps.outcome import Outcome
from media_pipeline.models import CaptionTrack, Film, Job
from media_pipeline.models.glossaries import film_corrections, film_terms
from media_pipeline.steps.clock import spoken_time
from media_pipeline.steps.corrections import correct
from media_pipeline.steps.ffmpeg import Progress, part
from media_pipeline.steps.sound import extract_sound

if TYPE_CHECKING:
    from media_pipeline.steps.align import Unmatched, Unscripted

logger = logging.getLogger(__name__)

MOST_LISTED = 5  # passages of a script that were not found, named on the job
SOUND_SHARE = 0.05  # of a speech step's time goes into taking the sound out of the film


def transcribe(job: Job, folder: Path, progress: Progress) -> Outcome:
    film = job.film
    from media_pipeline.steps.transcribe.choice import choose_transcriber

    wav = _sound(film, folder, progress)
    choice = choose_transcriber(
        settings.MEDIA_ENGINE,
        model=settings.MEDIA_WHISPER_MODEL,
        cache=settings.MEDIA_MODEL_CACHE,
        device=settings.MEDIA_SPEECH_DEVICE,
    )
    heard = choice.transcriber.transcribe(
        wav,
        language=film.language,
        glossary=film_terms(film),
        progress=part(progress, SOUND_SHARE, 1.0),
    )
    logger.info("Film %s: %s ran. %s", film.pk, heard.engine, choice.reason)
    words, corrections = correct(heard.words, film_corrections(film))
    track = CaptionTrack(
        kind=CaptionTrack.Kind.AUTOMATIC,
        engine=heard.engine,
        engine_version=heard.version,
        reason=choice.reason,
        words=as_json(words),
        corrections=[asdict(use) for use in corrections],
        warnings=list(heard.warnings),
        detected_language=heard.detected_language[:8],
    )
    sentences = [_word_count(len(words)), choice.reason, *_listed_warnings(heard.warnings)]
    return Outcome(" ".join(sentences), partial(keep_words, track), heard.engine, heard.version)


def align_script(job: Job, folder: Path, progress: Progress) -> Outcome:
    film = job.film
    from media_pipeline.steps.align import align

    if film.language != Film.Language.ENGLISH:
        raise Refused(
            _(
                "A script can only be matched to English speech, and this film is in another "
                "language. The film is kept. Take the script away, then run this step again."
            )
        )
    wav = _sound(film, folder, progress)
    matched = align(wav, film.script, progress=part(progress, SOUND_SHARE, 1.0))
    why = _("The author gave the script, so its words were matched to the sound.")
    logger.info("Film %s: %s ran. %s", film.pk, matched.engine, why)
    track = CaptionTrack(
        kind=CaptionTrack.Kind.ALIGNED,
        engine=matched.engine,
        engine_version=matched.version,
        reason=why,
        words=as_json(matched.words),
        warnings=[*map(_unmatched, matched.unmatched), *map(_unscripted, matched.unscripted)],
    )
    sentences = [why, _word_count(len(matched.words)), *_not_found(matched.unmatched)]
    sentences += _beyond(matched.unscripted)
    return Outcome(" ".join(sentences), partial(keep_words, track), matched.engine, matched.version)


def _sound(film: Film, folder: Path, progress: Progress) -> Path:
    return extract_sound(
        original_of(film, folder),
        folder / "sound.wav",
        duration=film.duration,
        progress=part(progress, 0.0, SOUND_SHARE),
    )


def _not_found(passages: "Sequence[Unmatched]") -> list[str]:
    """What of the script the sound does not hold: the first few passages, each with its place."""
    places = [f"“{Truncator(one.text).chars(60)}” ({spoken_time(one.start)})" for one in passages]
    sentence = ngettext(
        "%(count)s passage of the script was not found in the sound and has no caption: %(list)s.",
        "%(count)s passages of the script were not found in the sound and have no caption, "
        "among them: %(list)s.",
        len(passages),
    )
    return _listed(sentence, places)


def _beyond(passages: "Sequence[Unscripted]") -> list[str]:
    """What of the sound the script does not hold."""
    places = [f"{spoken_time(one.start)} – {spoken_time(one.end)}" for one in passages]
    sentence = ngettext(
        "In %(count)s place somebody speaks and the script says nothing: %(list)s.",
        "In %(count)s places somebody speaks and the script says nothing, among them: %(list)s.",
        len(passages),
    )
    return _listed(sentence, places)


def _listed(sentence: str, places: Sequence[str]) -> list[str]:
    listed = ", ".join(places[:MOST_LISTED])
    return [sentence % {"count": len(places), "list": listed}] if places else []


def _unmatched(passage: "Unmatched") -> str:
    return _("“%(text)s” stands in the script but was not found in the sound (%(time)s).") % {
        "text": Truncator(passage.text).chars(200),
        "time": spoken_time(passage.start),
    }


def _unscripted(passage: "Unscripted") -> str:
    return _("From %(start)s to %(end)s somebody speaks and the script says nothing.") % {
        "start": spoken_time(passage.start),
        "end": spoken_time(passage.end),
    }


def _listed_warnings(warnings: "Sequence[str]") -> list[str]:
    """The first few warnings, and how many more the captions keep."""
    more = len(warnings) - MOST_LISTED
    sentences = list(warnings[:MOST_LISTED])
    if more > 0:
        sentence = ngettext(
            "%(count)s more warning is kept with the captions.",
            "%(count)s more warnings are kept with the captions.",
            more,
        )
        sentences.append(sentence % {"count": more})
    return sentences


def _word_count(count: int) -> str:
    if not count:
        return _("No speech was found.")
    return ngettext("%(count)s word.", "%(count)s words.", count) % {"count": count}
