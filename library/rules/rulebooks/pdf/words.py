"""Takes the words of a PDF's pages, with where and how they are drawn."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from library.rules.rulebooks.tree import NotADocument

MOST_PAGES = 2_000
MOST_CHARACTERS = 5_000_000
_MOST_RULES = 1_500  # lines drawn on one page; what has more is a picture
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_INVISIBLE = {3, 7}  # text render modes that draw nothing
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\x00": "\ufffd",
    "\x02": "-",  # how pdfium writes a hyphen at the end of a line
    "\ufffe": "-",
}

_Box = tuple[float, float, float, float]  # left, foot, right and head


@dataclass(slots=True)
class Word:
    """Characters drawn without a space between them.

    Lengths are in points, `y` is the baseline's height above the page's foot. `glued` stands
    without a space after the word before it; `raised` is smaller and higher, as a footnote's mark.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    glued: bool = False
    raised: bool = False


class Rule(NamedTuple):
    """A straight line drawn on the page, across (y0 = y1) or upright (x0 = x1)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Page:
    """A page's words in the order in which the file draws them; `number` counts from 1.

    `hidden` holds the texts that are drawn invisibly, turned or beside the page.
    """

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


class _Drawn(NamedTuple):
    """How one text object draws: `turn` counts quarter turns, None is any other angle."""

    size: float
    bold: bool
    visible: bool
    turn: int | None


class _Glyph(NamedTuple):
    text: str
    x0: float
    x1: float
    y: float
    drawn: _Drawn
    after_space: bool
    raised: bool


def pages_of(path: Path) -> list[Page]:
    """Return the pages of the PDF at `path`. Raises NotADocument, with a sentence."""
    document = _opened(path)
    try:
        if len(document) > MOST_PAGES:
            raise NotADocument(
                f"The PDF has {len(document):,} pages; at most {MOST_PAGES:,} can be read. "
                "Nothing was imported; please divide it."
            )
        pages = list(_read(document))
    except pdfium.PdfiumError as error:
        raise NotADocument(
            "A page of the PDF is damaged and cannot be read; nothing was imported. "
            "Please export it again from where it was written."
        ) from error
    finally:
        document.close()
    if not any(page.words or page.hidden for page in pages):
        raise NotADocument(
            "The PDF holds pictures of pages but no text, as a scan does; nothing was imported. "
            "Please run text recognition over it first, or use the document it was made from."
        )
    return pages


def _opened(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error):
            raise NotADocument(
                "The PDF is locked with a password; nothing was imported. "
                "Please save it without one."
            ) from error
        raise NotADocument(
            "The file is damaged, has no pages or is no PDF; nothing was imported. "
            "Please export it again from where it was written."
        ) from error


def _read(document: pdfium.PdfDocument) -> Iterator[Page]:
    characters = 0
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        textpage = page.get_textpage()
        characters += textpage.count_chars()
        if characters > MOST_CHARACTERS:
            raise NotADocument(
                f"The PDF holds more than {MOST_CHARACTERS:,} characters; "
                "nothing was imported. Please divide it."
            )
        yield _page(number, page, textpage)
        textpage.close()
        page.close()


def _page(number: int, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Page:
    """Take a page as most of its characters are drawn: a landscape table may be drawn turned.

    Where most are invisible they are the text that was recognised in the picture of a page.
    """
    glyphs = list(_glyphs(textpage))
    turns = Counter(glyph.drawn.turn for glyph in glyphs if glyph.drawn.turn is not None)
    turn = turns.most_common(1)[0][0] if turns else 0
    seen = 2 * sum(glyph.drawn.visible for glyph in glyphs) >= len(glyphs)
    left, foot, right, head = _turned(page.get_cropbox(), turn)
    made = Page(number, right - left, head - foot)
    shown: list[_Glyph] = []
    hidden: list[_Glyph] = []
    for glyph in glyphs:
        moved = glyph._replace(x0=glyph.x0 - left, x1=glyph.x1 - left, y=glyph.y - foot)
        on_page = moved.x1 > 0 and moved.x0 < made.width and -1 < moved.y < made.height
        alike = glyph.drawn.turn == turn and glyph.drawn.visible == seen
        (shown if alike and on_page else hidden).append(moved)
    made.words = list(_words(shown))
    made.hidden = _texts(hidden)
    for rule in _rules(page):
        x0, y0, x1, y1 = _turned(rule, turn)
        made.rules.append(Rule(x0 - left, y0 - foot, x1 - left, y1 - foot))
    return made


def _turned(box: _Box, turn: int) -> _Box:
    """Return the box as it lies once the page is turned back by `turn` quarters."""
    x0, y0, x1, y1 = box
    for _ in range(turn):
        x0, y0, x1, y1 = y0, -x1, y1, -x0
    return x0, y0, x1, y1


def _glyphs(textpage: pdfium.PdfTextPage) -> Iterator[_Glyph]:
    """Yield the page's characters without its spaces, each with how and where it is drawn."""
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    drawn: dict[int, _Drawn] = {}
    after_space = True
    for index in range(textpage.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(textpage, index))
        if text.isspace():
            after_space = True
            continue
        owner = raw.FPDFText_GetTextObject(textpage, index)
        key = ctypes.cast(owner, ctypes.c_void_p).value or 0
        how = drawn.get(key)
        if how is None:
            how = drawn[key] = _drawn(textpage, index, owner)
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        turn = how.turn or 0
        x0, _, x1, _ = _turned((box.left, box.bottom, box.right, box.top), turn)
        _, base, _, _ = _turned((x.value, y.value, x.value, y.value), turn)
        raised = text.isdigit() and not turn and _is_raised(textpage, index, base, how.size)
        yield _Glyph(_LIGATURES.get(text, text), x0, x1, base, how, after_space, raised)
        after_space = False


def _is_raised(textpage: pdfium.PdfTextPage, index: int, base: float, size: float) -> bool:
    """Is this digit drawn above its baseline, as a font's own superscripts are?"""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    return bottom.value > base + 0.2 * size


def _drawn(textpage: pdfium.PdfTextPage, index: int, owner: object) -> _Drawn:
    matrix, flags = raw.FS_MATRIX(), ctypes.c_int()
    raw.FPDFText_GetMatrix(textpage, index, matrix)
    across, along = math.hypot(matrix.c, matrix.d), math.hypot(matrix.a, matrix.b)
    size = raw.FPDFText_GetFontSize(textpage, index) * (across or 1.0)
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(textpage, index, name, 128, flags)
    bold = bool(_BOLD.search(name.value.decode("utf-8", "replace"))) or bool(flags.value & 0x40000)
    mode = raw.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
    turn = None
    if along:
        quarters = math.degrees(math.atan2(matrix.b, matrix.a)) / 90
        if abs(quarters - round(quarters)) < 0.03:
            turn = round(quarters) % 4
    return _Drawn(size, bold, mode not in _INVISIBLE and size >= 1, turn)


def _words(glyphs: list[_Glyph]) -> Iterator[Word]:
    """Yield the words in the order of drawing; a change of size within a word divides it."""
    word: Word | None = None
    for glyph in glyphs:
        size = glyph.drawn.size
        if word is not None and not _breaks(word, glyph):
            word.text += glyph.text
            word.x1 = max(word.x1, glyph.x1)
            continue
        new = Word(glyph.text, glyph.x0, glyph.x1, glyph.y, size, glyph.drawn.bold)
        new.raised = glyph.raised
        if word is not None:
            _set_beside(word, new, glyph.after_space)
            yield word
        word = new
    if word is not None:
        yield word


def _breaks(word: Word, glyph: _Glyph) -> bool:
    """Does a new word begin with this glyph? pdfium has found the spaces that are not drawn."""
    size = glyph.drawn.size
    gap = glyph.x0 - word.x1
    return (
        glyph.after_space
        or glyph.raised != word.raised
        or abs(size - word.size) > 0.15 * word.size
        or abs(glyph.y - word.y) > 0.1 * size
        or gap > 0.6 * size
        or gap < -1.2 * size
    )


def _set_beside(word: Word, new: Word, after_space: bool) -> None:
    """Note what the two have to do with each other: a raised mark, or parts of one word."""
    gap = new.x0 - word.x1
    near = -0.3 * new.size < gap < 0.6 * max(new.size, word.size)
    if near and new.size < 0.85 * word.size and 0.1 < (new.y - word.y) / word.size < 0.7:
        new.raised, new.y = True, word.y
    elif near and word.size < 0.85 * new.size and 0.1 < (word.y - new.y) / new.size < 0.7:
        word.raised, word.y = True, new.y
    new.glued = near and not after_space and abs(new.y - word.y) < 0.2 * new.size


def _texts(glyphs: list[_Glyph]) -> list[str]:
    """Return the hidden glyphs' texts, one for each stretch drawn in the same way."""
    texts: list[str] = []
    before: _Drawn | None = None
    for glyph in glyphs:
        if glyph.drawn is not before:
            texts.append("")
        texts[-1] += f" {glyph.text}" if glyph.after_space and texts[-1] else glyph.text
        before = glyph.drawn
    return texts


def _rules(page: pdfium.PdfPage) -> list[Rule]:
    """Return the straight lines and the sides of boxes that the page draws."""
    rules: list[Rule] = []
    for drawing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        rules.extend(_sides(drawing))
        if len(rules) > _MOST_RULES:
            return []
    return rules


def _sides(drawing: pdfium.PdfObject) -> Iterator[Rule]:
    matrix = drawing.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    before: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(drawing), _MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(drawing, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO and before:
            yield from _rule(before, point)
        else:
            start = point
        before = point
        if raw.FPDFPathSegment_GetClose(segment) and start:
            yield from _rule(point, start)


def _rule(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if max(x1 - x0, y1 - y0) >= 6 and min(x1 - x0, y1 - y0) < 1:
        yield Rule(x0, y0, x1, y1)
