"""Who may see, upload, change and delete films."""

from typing import Any

from media_pipeline.models import Recording


def can_edit_recordings(user: Any) -> bool:
    """Say whether a person works on films, and so sees those that are not ready too."""
    return bool(user.is_active and user.has_perm("media_pipeline.change_recording"))


def can_upload(user: Any) -> bool:
    """Say whether a person may bring a film in."""
    return bool(user.is_active and user.has_perm("media_pipeline.add_recording"))


def can_delete_recording(user: Any, recording: Recording) -> bool:
    """Say whether a person may delete a film. Whether a lesson still needs it is another matter."""
    return bool(user.is_active and user.has_perm("media_pipeline.delete_recording"))


def can_see_recording(user: Any, recording: Recording) -> bool:
    """Say whether a person may watch a film; agrees with `Recording.visible_to`."""
    if can_edit_recordings(user) or (can_upload(user) and recording.uploaded_by_id == user.pk):
        return True
    return bool(
        user.is_authenticated and user.is_active and recording.state == Recording.State.READY
    )
