"""Who may see, upload, change and delete films."""

from typing import Any

from media_pipeline.models import CaptionTrack, Clip, Film, Job, Upload
from party.models import Appointment


def can_edit_films(user: Any) -> bool:
    """Say whether a person works on films, and so sees those that are not ready too."""
    return bool(user.is_active and user.has_perm("media_pipeline.change_film"))


def can_upload(user: Any) -> bool:
    """Say whether a person may bring a film in."""
    return bool(user.is_active and user.has_perm("media_pipeline.add_film"))


def can_use_upload(user: Any, upload: Upload) -> bool:
    """Say whether a person may go on with an upload; agrees with `Upload.objects.visible_to`."""
    return can_upload(user) and upload.uploaded_by_id == user.pk


def can_delete_film(user: Any, film: Film) -> bool:
    """Say whether a person may delete a film. Whether a lesson still needs it is another matter."""
    return bool(user.is_active and user.has_perm("media_pipeline.delete_film"))


def can_choose_poster(user: Any, film: Film) -> bool:
    """Say whether a person may choose a film's picture: its author and film editors."""
    if can_edit_films(user):
        return True
    return can_upload(user) and film.uploaded_by_id == user.pk


def can_see_film(user: Any, film: Film) -> bool:
    """Say whether a person may watch a film; agrees with `Film.visible_to`."""
    if can_edit_films(user) or (can_upload(user) and film.uploaded_by_id == user.pk):
        return True
    return bool(user.is_authenticated and user.is_active and film.state == Film.State.READY)


def can_edit_captions(user: Any, film: Film) -> bool:
    """Say whether a person may edit and publish a film's captions: its author and film editors."""
    if can_edit_films(user):
        return True
    return can_upload(user) and film.uploaded_by_id == user.pk


def can_review_captions(user: Any, film: Film) -> bool:
    """Say whether a person may put her name to captions as reviewed: film editors alone, for an
    author is the last to see her own slips.
    """
    return can_edit_films(user)


def can_see_track(user: Any, track: CaptionTrack) -> bool:
    """Say whether a person may read a version; agrees with `CaptionTrack.objects.visible_to`."""
    if track.stage == CaptionTrack.Stage.WORDS:
        return False
    if can_edit_captions(user, track.film):
        return True
    return track.is_current and (
        bool(user.is_authenticated and user.is_active) and track.film.state == Film.State.READY
    )


def can_see_job(user: Any, job: Job) -> bool:
    """Say whether a person may see a piece of work; agrees with `Job.objects.visible_to`."""
    if can_edit_films(user):
        return True
    hers = job.clip is None or job.clip.made_by_id == user.pk
    return can_upload(user) and hers and job.film.uploaded_by_id == user.pk


def can_make_clips(user: Any, film: Film) -> bool:
    """Say whether a person may make clips of a film: who works on films, or holds a post today."""
    if film.state != Film.State.READY or not can_see_film(user, film):
        return False
    return can_edit_films(user) or Appointment.objects.active().filter(member=user).exists()


def can_see_clip(user: Any, clip: Clip) -> bool:
    """Say whether a person may see, download and delete a clip: its maker, while she may see its
    film; agrees with `Clip.objects.visible_to`.
    """
    return clip.made_by_id == user.pk and can_see_film(user, clip.film)


def can_see_work(user: Any) -> bool:
    """Say whether the work on films is any business of a person’s."""
    return can_edit_films(user) or can_upload(user)


def can_work_on(user: Any, film: Film) -> bool:
    """Say whether a person may stop a film’s work and have it done again: its author and editors.

    Whoever may do so may see the film.
    """
    if can_edit_films(user):
        return True
    return can_upload(user) and film.uploaded_by_id == user.pk
