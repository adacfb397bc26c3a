"""Reads a rule book from a file, whatever its format."""

import re
from pathlib import Path

from library.rules.rulebooks import markdown
from library.rules.rulebooks.docx.blocks import blocks_of as docx_blocks
from library.rules.rulebooks.finishing import fit, note_doubts
from library.rules.rulebooks.html.blocks import blocks_of as html_blocks
from library.rules.rulebooks.outline_text import Unreadable, is_outline, read_outline
from library.rules.rulebooks.portable import from_json
from library.rules.rulebooks.structure import build
from library.rules.rulebooks.tree import Block, NotADocument, Reading

LARGEST = 20 * 1024 * 1024  # bytes; a rule book of 150 pages has half of one million
FORMATS = "Markdown, HTML, DOCX, PDF or the JSON of an export"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_file(path: Path, *, name: str) -> Reading:
    """Return what a file's rules say; the format is seen from its content, then from its name.

    Raises NotADocument, with a sentence, for a file that is none.
    """
    if path.stat().st_size > LARGEST:
        raise NotADocument(f"“{name}” is larger than {LARGEST >> 20} MB; it was not read.")
    content = path.read_bytes()
    if not content.strip(b"\0 \r\n\t\f\v"):
        raise NotADocument(f"“{name}” is empty; nothing was read.")
    if b"%PDF-" in content[:1024]:
        from library.rules.rulebooks.pdf.blocks import blocks_of  # its library is large

        return _built(blocks_of(path), name=name)
    if content.startswith(b"PK"):
        blocks, warnings = docx_blocks(path, name=name)
        return _built(blocks, warnings, name=name)
    return _read_text(content, name)


def _read_text(content: bytes, name: str) -> Reading:
    """Read what should be text, as the kind of text it is."""
    text, warnings = _decoded(content, name)
    ending = name.lower().rpartition(".")[2]
    if ending == "json" or (text.lstrip()[:1] == "{" and '"tree"' in text):
        reading = from_json(text)
        fit(reading.tree)
        reading.warnings[:0] = warnings
        return reading
    if _PAGE.match(text[:20_000]) or ending in ("html", "htm", "xhtml"):
        return _built(html_blocks(text, name=name), warnings, name=name)
    if ending in ("pdf", "docx") or text.startswith(("{\\rtf", "<?xml")):
        raise NotADocument(
            f"“{name}” is not what its name says, or of a format that cannot be read. "
            f"Save it as {FORMATS} and try again."
        )
    if is_outline(text) and (ours := _outline(text, warnings)):
        return ours
    blocks = markdown.blocks_of(text)
    certain = markdown.levels_certain(blocks)
    return _built(blocks, warnings, name=name, levels_certain=certain)


def _outline(text: str, warnings: list[str]) -> Reading | None:
    """Return the rules of one of our own exports; None, and a warning, where it was damaged."""
    try:
        reading = read_outline(text)
    except Unreadable as problem:
        warnings.append(f"It begins like an outline, but could not be read as one. {problem}")
        return None
    fit(reading.tree)
    note_doubts(reading)
    reading.warnings[:0] = warnings
    return reading


def _built(
    blocks: list[Block],
    warnings: list[str] | None = None,
    *,
    name: str,
    levels_certain: bool = False,
) -> Reading:
    for block in blocks:
        block.text, block.label = _CONTROL.sub("", block.text), _CONTROL.sub("", block.label)
        block.rows = [[_CONTROL.sub("", cell) for cell in row] for row in block.rows]
    if not any(block.text.strip() or block.rows for block in blocks):
        raise NotADocument(
            f"“{name}” holds no text that can be read. If it is a scan, its words must be "
            "recognised first."
        )
    reading = build(blocks, levels_certain=levels_certain)
    reading.warnings[:0] = warnings or []
    return reading


def _decoded(content: bytes, name: str) -> tuple[str, list[str]]:
    """Return a file's text without what no text holds, and warnings about it."""
    if content.startswith(OLD_OFFICE):
        raise NotADocument(
            f"“{name}” is an Office file of the old kind (DOC), or locked with a password. "
            "Save it as DOCX without a password and try again."
        )
    encoding = next((known for mark, known in _MARKS if content.startswith(mark)), "")
    encoding = encoding or _wide(content) or _declared(content)
    warnings = []
    try:
        text = content.decode(encoding or "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = content.decode("cp1252", errors="replace")
        warnings.append(
            "The file is not in UTF-8; it was read as Windows-1252. Look at accents and quotation "
            "marks."
        )
    odd = len(_CONTROL.findall(text))
    if (odd * 50 > len(text) and odd > 3) or text.count("\0") * 10 > len(text):
        raise NotADocument(f"“{name}” is no text and no document: save it as {FORMATS}.")
    if odd:
        warnings.append(f"{odd} characters that no text holds were taken out.")
    return _CONTROL.sub("", text), warnings


def _wide(content: bytes) -> str:
    """Return the encoding of a text in which every other byte is a zero."""
    sample = content[:2000]
    zeros = [sample[start::2].count(0) * 2 for start in (0, 1)]
    if len(sample) < 20 or max(zeros) < 0.6 * len(sample):
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _declared(content: bytes) -> str:
    found = _CHARSET.search(content[:4096])
    return found[1].decode() if found and found[1].lower() != b"utf-16" else ""
