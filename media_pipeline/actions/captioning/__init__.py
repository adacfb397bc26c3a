"""What people do with captions: edit, publish, review, and compare with what a re-run heard.

`versions` knows how a version is kept, `editing` what happens to drafts, `publishing` what viewers
get, `comparing` how two versions become one.
"""

from media_pipeline.actions.captioning.comparing import Comparison, compare, take_from
from media_pipeline.actions.captioning.editing import (
    DraftChangedError,
    begin_editing,
    discard_draft,
    keep_apart,
    save_draft,
    write_from_nothing,
)
from media_pipeline.actions.captioning.publishing import MovedOnError, publish, review
from media_pipeline.actions.captioning.versions import cues_of

__all__ = [
    "Comparison",
    "DraftChangedError",
    "MovedOnError",
    "begin_editing",
    "compare",
    "cues_of",
    "discard_draft",
    "keep_apart",
    "publish",
    "review",
    "save_draft",
    "take_from",
    "write_from_nothing",
]
