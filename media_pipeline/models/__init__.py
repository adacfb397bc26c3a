"""What is true of a film: the upload, what was made of it, its captions, and the work under way."""

from media_pipeline.models.captions import CaptionTrack, Cue
from media_pipeline.models.jobs import Job
from media_pipeline.models.recordings import Recording, Rendition

__all__ = ["CaptionTrack", "Cue", "Job", "Recording", "Rendition"]
