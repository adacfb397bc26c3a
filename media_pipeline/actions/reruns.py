"""Has work on a film done again, by a person's wish."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.jobs.transitions import restart
from media_pipeline.actions.queue import enqueue, enqueue_next
from media_pipeline.models import CaptionTrack, Film, Job
from party.models import Member

# What has to be done again after a step, so that viewers and search get what it made.
AGAIN_TOO = {
    Job.Step.TRANSCRIPTION: (Job.Step.CAPTIONS, Job.Step.INDEX),
    Job.Step.ALIGNMENT: (Job.Step.CAPTIONS, Job.Step.INDEX),
    Job.Step.IMPORT: (Job.Step.INDEX,),
    Job.Step.CAPTIONS: (Job.Step.INDEX,),
}


class CannotRetryError(Exception):
    """The step cannot be run again; the message is a sentence for the author."""


def retry_step(job: Job, *, by: Member) -> Job:
    """Have a failed job done again, with the steps after it; returns the job, waiting.

    Raises CannotRetryError for a job that has not failed or whose film was refused.
    """
    with transaction.atomic():
        fresh = Job.objects.select_for_update(of=("self",)).select_related("film", "clip")
        job = fresh.get(pk=job.pk)
        if not job.can_be_retried:
            raise CannotRetryError(
                _("Only a step that failed can be run again, and only while its film is kept.")
            )
        if job.clip_id:
            _log(job.film, job.step, job.status, by=by)
            restart(job)
            enqueue(job)
        else:
            run_again(job.film, Job.Step(job.step), by=by)
            job.refresh_from_db()
    return job


def run_again(film: Film, step: Job.Step | None = None, *, by: Member) -> Film:
    """Have one step of a film done again, with those that build on it; without `step`, all.

    A film that is ready stays ready meanwhile, and keeps what it has until the step is done. One
    that is not goes on to its end from there. Returns the film afresh. Raises CannotRetryError
    while its steps are being worked on, and where its file is gone.
    """
    with transaction.atomic():
        held = film.jobs.steps().select_for_update(of=("self",)).order_by("pk")
        jobs = {job.step: job for job in held}  # locked before the film, as a worker does
        film = Film.objects.select_for_update(of=("self",)).get(pk=film.pk)
        again = _to_be_done(film, jobs, step)
        _guard(film, jobs.values(), step)
        _log(film, step or "all", jobs[step].status if step else film.state, by=by)
        for one in again:
            restart(one)
        if film.state != Film.State.READY:
            film.state = Film.State.PROCESSING
            film.save(update_fields=["state"])
        enqueue_next(film)
    return film


def _to_be_done(film: Film, jobs: dict[str, Job], step: Job.Step | None) -> list[Job]:
    """Which jobs begin anew. The words that captions are made of are kept only until then."""
    if step is None:
        return [*jobs.values()]
    wanted: set[str] = {step, *AGAIN_TOO.get(step, ())}
    words = film.tracks.filter(stage=CaptionTrack.Stage.WORDS)
    if step == Job.Step.CAPTIONS and not words.exists():
        wanted.update(Job.SPEECH)
    if film.state != Film.State.READY:
        wanted |= {job.step for job in jobs.values() if job.status != Job.Status.DONE}
    return [job for job in jobs.values() if job.step in wanted]


def _guard(film: Film, jobs: Iterable[Job], step: Job.Step | None) -> None:
    if not film.original:
        raise CannotRetryError(_("This film’s file was not kept, so nothing can be made of it."))
    if step and step not in {job.step for job in jobs}:
        raise CannotRetryError(_("This film has no such step."))
    stopped = film.state in (Film.State.NEEDS_ATTENTION, Film.State.STOPPED)
    busy = (Job.Status.RUNNING,) if stopped else (Job.Status.RUNNING, Job.Status.WAITING)
    under_way = [job for job in jobs if job.status in busy]
    if under_way and not any(job.step == step and job.not_before for job in under_way):
        raise CannotRetryError(
            _("The film is being worked on just now. Wait until that is over, or stop it first.")
        )


def _log(film: Film, step: str, old: str, *, by: Member) -> None:
    data = {"step": step, "old": old, "new": Job.Status.WAITING}
    log(film, "media_pipeline.retry", user=by, data=data)
