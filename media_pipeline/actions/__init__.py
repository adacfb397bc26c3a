"""What may change a film: one verb, one function.

`uploading` brings a film in and takes it away, `running` does a job's step, `performing` knows what
each step does, `failing` what becomes of one that went wrong, `resuming` brings back work that
stopped, `stopping` ends it in the middle, `queueing` hands jobs to the workers,
`clipping` has clips made for social media, `choosing` picks the picture that stands for a film,
`describing` puts right what its author said of it.
"""

from media_pipeline.actions.choosing import choose_poster
from media_pipeline.actions.clipping import delete_clip, forget_old_clips, request_clip
from media_pipeline.actions.describing import describe_recording
from media_pipeline.actions.queueing import enqueue
from media_pipeline.actions.resuming import retry_step, run_again, take_up_lost_jobs
from media_pipeline.actions.running import run_all_steps, run_step
from media_pipeline.actions.stopping import stop_work
from media_pipeline.actions.uploading import delete_recording, receive_recording, uses_of

__all__ = [
    "choose_poster",
    "delete_clip",
    "delete_recording",
    "describe_recording",
    "enqueue",
    "forget_old_clips",
    "receive_recording",
    "request_clip",
    "retry_step",
    "run_again",
    "run_all_steps",
    "run_step",
    "stop_work",
    "take_up_lost_jobs",
    "uses_of",
]
