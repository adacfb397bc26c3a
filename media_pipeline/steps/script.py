"""The author's script of a film, read from an uploaded file. Plain text only."""

from pathlib import Path

from .file_kinds import kind_in_words
from .refusals import Refused

MOST_BYTES = 2 * 1024**2


def script_from(path: Path) -> str:
    """The text of a TXT file: UTF-8 or UTF-16, or as older Windows programs write it.

    Raises Refused if the file is too big, of another kind, or has no words in it.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Refused("This script is larger than 2 MB. Give the words of this one film only.")
    data = path.read_bytes()
    kind = kind_in_words(data[:4096])
    if data and kind not in (None, "a text file"):
        raise Refused(f"This script is {kind}. Save it as plain text (TXT) and choose it again.")
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if not any(character.isalnum() for character in text):
        raise Refused("This script has no words in it. Give the words that are said in the film.")
    return text


def _decoded(data: bytes) -> str:
    encodings = ["utf-8-sig", "cp1252"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refused("This script cannot be read as text. Save it as plain text (TXT, UTF-8).")
