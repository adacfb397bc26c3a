"""A clip's still parts as pictures: the ground, the title card, the captions.

The colours are the site's tokens; white on the red has a contrast of 4.8 : 1, ink on sand 15 : 1.
"""

from typing import TYPE_CHECKING

from . import clip_text
from .clip_layout import PADDING, RULE, Box, Layout, TextBlock, caption_lines

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

RED, INK, WHITE, SAND = "#e4003b", "#1b1b1f", "#ffffff", "#f6f3ee"


def ground(layout: Layout) -> "Image":
    """What stands under the film for the whole clip: the title and its bar, and the imprint."""
    on_film = layout.imprint_on_film
    picture, pen = _sheet(layout.canvas.width, layout.canvas.height, INK if on_film else SAND)
    if layout.band:
        _rule(pen, layout, layout.band, RED)
        _write(pen, layout.band, INK)
    if not on_film:
        _write(pen, layout.imprint, INK)
    return picture


def imprint(layout: Layout) -> "tuple[Image, Box]":
    """The imprint on a box of its own, for a film that fills the picture, and where it goes."""
    lines, padding = layout.imprint, layout.canvas.pixels(PADDING)
    longest = max(clip_text.width(line, lines.weight, lines.size) for line in lines.lines)
    safe = layout.canvas.safe
    top = lines.box.top - padding // 2
    width = min(round(longest) + 2 * padding, safe.width)
    box = Box(safe.left, top, width, lines.box.height + padding // 2 * 2)
    return _piece(box, lines, INK, WHITE), box


def card(layout: Layout) -> "Image":
    """The title card, as large as `layout.card`."""
    picture, pen = _sheet(layout.card.width, layout.card.height, RED)
    _rule(pen, layout, layout.card_title, WHITE)
    _write(pen, layout.card_title, WHITE)
    return picture


def caption(layout: Layout, lines: tuple[str, ...]) -> "tuple[Image, Box]":
    """One caption in its box, and where it goes."""
    box, placed = caption_lines(layout, lines)
    return _piece(box, placed, INK, WHITE), box


def _piece(box: Box, lines: TextBlock, ground: str, ink: str) -> "Image":
    picture, pen = _sheet(box.width, box.height, ground)
    _write(pen, lines, ink, left=box.left, top=box.top)
    return picture


def _sheet(width: int, height: int, colour: str) -> "tuple[Image, ImageDraw]":
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (width, height), colour)
    return picture, ImageDraw.Draw(picture)


def _rule(pen: "ImageDraw", layout: Layout, lines: TextBlock, colour: str) -> None:
    """The bar beside the title, as high as its lines."""
    thick = max(2, layout.canvas.pixels(RULE))
    left, box = layout.canvas.safe.left, lines.box
    pen.rectangle((left, box.top, left + thick - 1, box.bottom - 1), fill=colour)


def _write(pen: "ImageDraw", lines: TextBlock, colour: str, *, left: int = 0, top: int = 0) -> None:
    """Write lines into their box; ``left`` and ``top`` are where the sheet itself lies."""
    face = clip_text.font(lines.weight, lines.size)
    ascent, descent = face.getmetrics()
    for number, line in enumerate(lines.lines):
        place = lines.box.left - left
        if lines.centred:
            place += round((lines.box.width - face.getlength(line)) / 2)
        baseline = lines.box.top - top + number * lines.leading
        baseline += (lines.leading - ascent - descent) // 2 + ascent
        pen.text((place, baseline), line, font=face, fill=colour, anchor="ls")
