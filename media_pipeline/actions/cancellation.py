"""Ends the work on a film in the middle, by a person's wish."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.jobs.transitions import cancel
from media_pipeline.actions.queue import enqueue_speech
from media_pipeline.models import Film
from party.models import Member


class NothingToStopError(Exception):
    """No work on the film is under way; the message is a sentence for the author."""


def stop_work(film: Film, *, by: Member) -> Film:
    """Cancel the steps of a film that are running or waiting, and return the film afresh.

    The worker that holds one notices within about a second, stops its engine and throws away what
    was half made. A film that was ready stays ready with what it had; another is “stopped”, and
    `run_again` goes on with it. Clips of it are not touched. Raises NothingToStopError where no
    step is running or waiting.
    """
    with transaction.atomic():
        steps = film.jobs.steps().under_way().select_for_update(of=("self",))
        jobs = list(steps.order_by("pk"))  # locked before the film, as a worker does
        film = Film.objects.select_for_update(of=("self",)).get(pk=film.pk)
        if not jobs:
            raise NothingToStopError(_("Nothing is being done to this film, so nothing stopped."))
        old = {job.step: job.status for job in jobs}
        for job in jobs:
            cancel(job, _("Stopped by %(person)s.") % {"person": by})
        if film.state != Film.State.READY:
            film.state = Film.State.STOPPED
            film.save(update_fields=["state"])
        log(film, "media_pipeline.stop", user=by, data={"old": old, "new": "cancelled"})
        if any(job.is_speech for job in jobs):
            enqueue_speech()
    return film
