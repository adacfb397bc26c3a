"""Caption files in and out: WebVTT, SRT and TTML are read; these, plain text and DOCX are written.

Read by what is in them, never by their names. Times are seconds, kept to the millisecond.
"""

from .reading import MOST_BYTES, captions_as_they_stand, read_captions
from .writing import KINDS, Kind, write_captions

__all__ = [
    "KINDS",
    "MOST_BYTES",
    "Kind",
    "captions_as_they_stand",
    "read_captions",
    "write_captions",
]
