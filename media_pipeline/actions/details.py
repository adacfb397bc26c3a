"""Puts right what an author said of a film."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from media_pipeline import listeners
from media_pipeline.actions.reruns import run_again
from media_pipeline.models import Film, Glossary, Job
from party.models import Member


class CannotChangeError(Exception):
    """What is said of the film cannot be changed now; the message is a sentence for the author."""


def change_details(
    film: Film,
    *,
    title: str,
    language: str,
    script: str | None = None,
    glossary: str = "",
    glossaries: Iterable[Glossary] | None = None,
    again: bool = False,
    by: Member,
) -> Film:
    """Change what is said of a film; return it afresh. None leaves script or glossaries alone.

    A changed language renames the captions there are, whose words stay. `again` has the speech
    done again, with the script if there is one. Raises CannotChangeError for a refused film and
    while a worker listens to this one, CannotRetryError where `again` cannot be.
    """
    with transaction.atomic():
        film = Film.objects.select_for_update(of=("self",)).get(pk=film.pk)
        _guard(film)
        old = {"title": film.title, "language": film.language, "script": film.script}
        film.title, film.language = title.strip(), language
        film.script = film.script if script is None else script.strip()
        film.glossary = glossary.strip()
        film.save(update_fields=["title", "language", "script", "glossary"])
        if glossaries is not None:
            film.glossaries.set(glossaries)
        _rename_captions(film, old["language"])
        step = _choose_speech(film)
        new = {"title": film.title, "language": film.language, "script": film.script}
        changed = {key: [old[key][:200], new[key][:200]] for key in old if old[key] != new[key]}
        log(film, "media_pipeline.describe", user=by, data=changed)
        if film.state == Film.State.READY:
            listeners.announce(film)
        if again and not film.captions_given:
            run_again(film, step, by=by)
    return Film.objects.get(pk=film.pk)


def _guard(film: Film) -> None:
    if film.state == Film.State.REFUSED:
        raise CannotChangeError(_("This film was refused; upload it again. Nothing was changed."))
    if film.jobs.speech().running().exists():
        raise CannotChangeError(
            _(
                "The film is being listened to just now. Nothing was changed: wait until that is "
                "over, or stop it first."
            )
        )


def _rename_captions(film: Film, old: str) -> None:
    """The words are in the language the film is said to be in, whatever it was said to be."""
    if old != film.language and not film.tracks.filter(language=film.language).exists():
        film.tracks.filter(language=old).update(language=film.language)


def _choose_speech(film: Film) -> Job.Step:
    """With a script the speech job is alignment, without one transcription; one row is kept."""
    step = Job.Step.ALIGNMENT if film.script else Job.Step.TRANSCRIPTION
    film.jobs.steps().speech().exclude(step=step).update(step=step)
    return step
