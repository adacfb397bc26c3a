"""What may change a film: one verb, one function.

`uploading` brings a film in and takes it away, `running` does a job's step, `performing` knows what
each step does, `resuming` brings back work that stopped, `queueing` hands jobs to the workers.
"""

from media_pipeline.actions.resuming import retry_step, take_up_lost_jobs
from media_pipeline.actions.running import run_all_steps, run_step
from media_pipeline.actions.uploading import delete_recording, receive_recording, uses_of

__all__ = [
    "delete_recording",
    "receive_recording",
    "retry_step",
    "run_all_steps",
    "run_step",
    "take_up_lost_jobs",
    "uses_of",
]
