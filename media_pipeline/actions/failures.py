"""What becomes of a job that went wrong, and of its film.

Each function works on a job that its caller holds, inside the caller's transaction.
"""

from django.utils.translation import gettext as _

from ground.jobs.transitions import fail
from media_pipeline.actions.files import remove_on_commit
from media_pipeline.models import Film, Job

# The steps that have nothing to work on when this one fails; any other failure holds up none of
# the steps of a film that is ready and is worked on again.
USELESS_WITHOUT: dict[str, tuple[Job.Step, ...]] = {
    Job.Step.PROBE: tuple(Job.Step),
    Job.Step.TRANSCRIPTION: (Job.Step.CAPTIONS,),
    Job.Step.ALIGNMENT: (Job.Step.CAPTIONS,),
}


def stop_at(job: Job, sentence: str) -> None:
    """Mark a job as failed. Its film needs attention then, and the later steps keep waiting.

    A film that is ready stays so, with what it had before: the steps that needed this one are
    cancelled. The failure of a clip changes nothing about its film.
    """
    fail(job, sentence)
    if job.clip_id:
        return
    film = job.film
    if film.state == Film.State.READY:
        useless = film.jobs.steps().filter(step__in=USELESS_WITHOUT.get(job.step, ()))
        useless.filter(status=Job.Status.WAITING).update(
            status=Job.Status.CANCELLED,
            reason=_("Not done: “%(step)s” failed. What was there before is kept.")
            % {"step": job.get_step_display()},
        )
        return
    film.state = Film.State.NEEDS_ATTENTION
    film.save(update_fields=["state"])


def refuse(job: Job, sentence: str) -> None:
    """Refuse the film: its file and everything made of it go, the note stays."""
    film = job.film
    fail(job, sentence)
    film.jobs.filter(status=Job.Status.WAITING).update(
        status=Job.Status.CANCELLED, reason=_("Not needed: the file was refused.")
    )
    film.renditions.all().delete()
    film.tracks.all().delete()
    remove_on_commit(film)
    film.original = film.poster = ""
    film.state, film.refusal = Film.State.REFUSED, sentence
    film.save()
