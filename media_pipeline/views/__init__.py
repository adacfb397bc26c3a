"""What a browser fetches of a film, and only a person who may see the film."""

from media_pipeline.views.clips import (
    clip,
    clip_address,
    clip_captions,
    clip_film,
    clip_work,
    delete_clip,
    download_clip,
    my_clips,
    new_clip,
)
from media_pipeline.views.films import (
    captions,
    ladder,
    poster,
    rendition,
    sound,
    storyboard,
    storyboard_times,
)
from media_pipeline.views.streams import master, media, mp4, playlist
from media_pipeline.views.transcripts import transcript
from media_pipeline.views.uploads import upload, uploads

__all__ = [
    "captions",
    "clip",
    "clip_address",
    "clip_captions",
    "clip_film",
    "clip_work",
    "delete_clip",
    "download_clip",
    "ladder",
    "master",
    "media",
    "mp4",
    "my_clips",
    "new_clip",
    "playlist",
    "poster",
    "rendition",
    "sound",
    "storyboard",
    "storyboard_times",
    "transcript",
    "upload",
    "uploads",
]
