"""What is true of a film: the upload, what was made of it, its captions, and the work under way."""

from media_pipeline.models.captions import CaptionTrack, Cue
from media_pipeline.models.clips import Clip
from media_pipeline.models.films import Film
from media_pipeline.models.glossaries import Glossary
from media_pipeline.models.jobs import Job
from media_pipeline.models.renditions import Rendition, Still
from media_pipeline.models.uploads import Upload

__all__ = [
    "CaptionTrack",
    "Clip",
    "Cue",
    "Film",
    "Glossary",
    "Job",
    "Rendition",
    "Still",
    "Upload",
]
