"""What an author gives to say what is said in a film: a script, or captions made elsewhere."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ground.refusals import Refused

from .file_kinds import kind_in_words
from .formats.readers import read_captions
from .plain_text import decode
from .words import Cue

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 2 * 1024**2  # of plain text
MOST_DOCX_BYTES = 20 * 1024**2  # a document may have pictures in it
MOST_UNPACKED = 100 * 1024**2  # bytes: of all its parts, unpacked
MOST_MARKUP = 10 * 1024**2  # bytes: of its parts but pictures; one of XML may take 30 in memory
PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"\x01\0\0\0",
    b"\xd7\xcd\xc6\x9a",
    b"II*\0",
)
MOST_PARTS = 2000
CAPTIONS = re.compile(r"\d[:.]\d\d[.,:]\d+\s*-->|\A\s*WEBVTT|<(?:[\w.-]+:)?tt[\s>]")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TEXT, TAB = f"{WORD}t", f"{WORD}tab"
BREAKS = {f"{WORD}br", f"{WORD}cr"}
# RuntimeError is what an encrypted archive raises.
DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError, EOFError)
NOT_SAID = {f"{WORD}del", f"{WORD}moveFrom", f"{WORD}pPr", FALLBACK}  # struck out, settings, twins
NO_TEXT = "This script cannot be read as text. Save it as plain text (TXT, UTF-8)."


@dataclass(frozen=True)
class ScriptOrCues:
    """Either a ``script`` or ``cues``, never both."""

    script: str = ""
    cues: tuple[Cue, ...] = ()


def read_script_or_cues(path: Path) -> ScriptOrCues:
    """Read a TXT or DOCX script or a VTT, SRT or TTML caption file, by what is in it.

    Raises Refused with a sentence for the author.
    """
    with path.open("rb") as file:
        start = file.read(20_000)
    if not start.startswith(b"PK") and CAPTIONS.search(start.decode("utf-8", "ignore")):
        return ScriptOrCues(cues=tuple(read_captions(path)))
    return ScriptOrCues(script=read_script(path))


def read_script(path: Path) -> str:
    """The text of a TXT file (UTF-8, UTF-16, or as older Windows programs write it) or of a DOCX.

    Of a DOCX paragraphs and tables are read in order, with no part of it run or opened. Raises
    Refused if the file is too big, of another kind, damaged, or has no words in it.
    """
    with path.open("rb") as file:
        start = file.read(4)
    text = _from_docx(path) if start == b"PK\x03\x04" else _from_text(path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not any(character.isalnum() for character in text):
        raise Refused("This script has no words in it. Give the words that are said in the film.")
    return text


def _from_text(path: Path) -> str:
    if path.stat().st_size > MOST_BYTES:
        raise Refused("This script is larger than 2 MB. Give the words of this one film only.")
    data = path.read_bytes()
    kind = kind_in_words(data[:4096])
    if data and kind not in (None, "a text file"):
        raise Refused(
            f"This script is {kind}. Save it as plain text (TXT) or as DOCX and choose it again."
        )
    return decode(data, otherwise=NO_TEXT)


def _from_docx(path: Path) -> str:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    _refuse_bomb(path)
    try:
        body = docx.Document(str(path)).element.body
        return "\n".join(_paragraphs(body))
    except (
        PackageNotFoundError,
        XMLSyntaxError,
        LookupError,
        AttributeError,
        TypeError,
        *DAMAGED_ZIP,
    ) as error:
        raise Refused(
            "This script cannot be read as a Word document; the file seems damaged. Save it again "
            "as DOCX or as plain text (TXT), then choose it again."
        ) from error


def _refuse_bomb(path: Path) -> None:
    """Look at the archive's table of contents before anything in it is unpacked.

    What a part says of its size binds: no more than that is ever unpacked of it.
    """
    if path.stat().st_size > MOST_DOCX_BYTES:
        raise Refused("This script is larger than 20 MB. Save its text as plain text (TXT).")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            markup = _markup(archive)
    except DAMAGED_ZIP as error:
        raise Refused(
            "This script is a damaged ZIP archive or office document. Save it again as DOCX or as "
            "plain text (TXT), then choose it again."
        ) from error
    names = {part.filename for part in parts}
    if "word/document.xml" not in names:
        raise Refused(
            "This script is a ZIP archive or an office document that is not Word’s. Save it as "
            "DOCX or as plain text (TXT), then choose it again."
        )
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Refused(
            "This script has macros in it. Save it as DOCX, which has none, then choose it again."
        )
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or markup > MOST_MARKUP:
        raise Refused(
            "This script unpacks to far more than a script needs. Save its text as plain text "
            "(TXT), then choose it again."
        )


def _markup(archive: zipfile.ZipFile) -> int:
    """The bytes of all parts that may be XML: whatever does not begin as a picture does."""
    parts = archive.infolist()[: MOST_PARTS + 1]
    if sum(part.file_size for part in parts) <= MOST_MARKUP:
        return 0
    size = 0
    for part in parts:
        with archive.open(part) as opened:
            if not opened.read(4).startswith(PICTURES):
                size += part.file_size
    return size


def _paragraphs(body: "_Element") -> list[str]:
    """Every paragraph in the document's order: in tables, boxes and fields for filling in too."""
    lines = [""]
    _read(body, lines)
    return [" ".join(line.split()) for line in "".join(lines).split("\n")]


def _read(element: "_Element", lines: list[str]) -> None:
    for child in element:
        if child.tag in NOT_SAID:
            continue
        if child.tag == TEXT:
            lines.append(child.text or "")
        elif child.tag == TAB:
            lines.append(" ")
        elif child.tag in BREAKS:
            lines.append("\n")
        else:
            _read(child, lines)
            if child.tag == f"{WORD}p":
                lines.append("\n")
