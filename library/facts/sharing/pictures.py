"""A fact as a picture to share: its figure, claim, source, day and imprint, in the house's colours.

The smallest letters are `SMALLEST` pixels of a picture 1,080 or 1,200 wide: on a telephone of 390
pixels' width they are as large as print in a newspaper, about 11 pixels.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

Shape = Literal["wide", "square"]
SIZES: dict[Shape, tuple[int, int]] = {"wide": (1200, 630), "square": (1080, 1080)}
SMALLEST = 34  # pixels of height of the type
_MARGIN, _BAR, _GAP = 60, 18, 22
_INK, _PAPER, _GREY, _RED, _LINE = "#1B1B1F", "#FFFFFF", "#475569", "#E4003B", "#D9D4CC"
_CLAIM = (76, 68, 60, 54, 48, 42, 38, SMALLEST)  # sizes that are tried, the largest first
_FOOT = (SMALLEST, 30, 26, 22)  # smaller ones only where a long source leaves no other way
_FIGURE = (190, 150, 120, 96, 76, 60)
_UNDRAWN = "\ufffd"


@dataclass(frozen=True)
class Card:
    """What is drawn. `standing` is empty, or says that the fact no longer holds, and since when."""

    claim: str
    figure: str
    about: str  # unit, period and place, in one line
    source: str
    as_at: str
    imprint: str
    standing: str = ""


def alt_text(card: Card) -> str:
    """Return the picture in words, for who cannot see it."""
    figure = " ".join(filter(None, [card.figure, card.about]))
    lead = f"{figure}: {card.claim}" if figure else card.claim
    return " ".join(filter(None, [card.standing, lead, card.source, card.as_at, card.imprint]))


def draw(card: Card, shape: Shape, *, fonts: Path) -> bytes:
    """Return the PNG; `fonts` is the folder of the typeface. All words are there, whole.

    Signs that the typeface lacks show as an empty box. A very long source or imprint is set in
    smaller type, so that a claim of 200 characters still fits.
    """
    width, height = SIZES[shape]
    image = Image.new("RGB", (width, height), _PAPER)
    page = _Page(ImageDraw.Draw(image), _Type(fonts), width, height)
    page.rectangle(0, 0, _BAR, height, _RED)
    top = page.standing(card.standing)
    if card.figure:
        top = page.figure(card, top)
    bottom = page.foot(card, page.foot_size(card, top))
    page.claim(card.claim, top, bottom, faded=bool(card.standing))
    kept = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return kept.getvalue()


class _Type:
    """The typeface in its weights and sizes, and how lines are made of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def font(self, weight: str, size: int) -> ImageFont.FreeTypeFont:
        return _font(self.folder, weight, size)

    def lines(self, text: str, weight: str, size: int, limit: float) -> list[str]:
        """Return a text in lines of `limit` pixels; a word longer than a line is broken."""
        font = self.font(weight, size)
        lines: list[str] = []
        for word in self._words(text, font, limit):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and font.getlength(longer) <= limit:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def _words(self, text: str, font: ImageFont.FreeTypeFont, limit: float) -> Iterator[str]:
        for word in self.drawn(text).split():
            part = ""
            for sign in word:
                if part and font.getlength(part + sign) > limit:
                    yield part
                    part = ""
                part += sign
            yield part

    def drawn(self, text: str) -> str:
        """Return a text with a visible box for every sign that the typeface lacks."""
        return "".join(sign if _has(self.folder, sign) else _UNDRAWN for sign in text)


@lru_cache(maxsize=64)
def _font(folder: Path, weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(folder / f"{weight}.ttf"), size)


@lru_cache(maxsize=4096)
def _has(folder: Path, sign: str) -> bool:
    if sign.isspace():
        return True
    plain = ImageFont.truetype(
        str(folder / "regular.ttf"), 24, layout_engine=ImageFont.Layout.BASIC
    )
    mask, box = plain.getmask(sign), plain.getmask(_UNDRAWN)
    return (mask.size, bytes(mask)) != (box.size, bytes(box))


@dataclass
class _Page:
    """A picture being drawn, from its edges inwards."""

    on: ImageDraw.ImageDraw
    type: _Type
    width: int
    height: int

    @property
    def room(self) -> int:
        """Pixels between the margins."""
        return self.width - _BAR - 2 * _MARGIN

    @property
    def left(self) -> int:
        return _BAR + _MARGIN

    def rectangle(self, left: int, top: int, right: int, bottom: int, colour: str) -> None:
        self.on.rectangle((left, top, right, bottom), fill=colour)

    def standing(self, said: str) -> int:
        """Say across the top that the fact no longer holds; return where the rest may begin."""
        if not said:
            return _MARGIN
        lines = self.type.lines(said, "bold", SMALLEST + 6, self.room)
        below = _GAP * 2 + self.height_of(lines, SMALLEST + 6)
        self.rectangle(0, 0, self.width, below, _RED)
        self.text(lines, "bold", SMALLEST + 6, _GAP, _PAPER)
        return below + _GAP

    def foot_size(self, card: Card, top: int) -> int:
        """Return the largest type of the foot that leaves room for the claim from `top` on."""
        claim = self.height_of(self.type.lines(card.claim, "bold", SMALLEST, self.room), SMALLEST)
        for size in _FOOT:
            if top + claim <= self.foot_top(card, size) - _GAP:
                break
        return size

    def foot_top(self, card: Card, size: int) -> int:
        source, imprint = self.foot_lines(card, size)
        return self.height - _MARGIN // 2 - self.height_of([*source, *imprint], size)

    def foot_lines(self, card: Card, size: int) -> tuple[list[str], list[str]]:
        said = " ".join(filter(None, [card.source, card.as_at]))
        source = self.type.lines(said, "regular", size, self.room)
        return source, self.type.lines(card.imprint, "regular", size, self.room)

    def foot(self, card: Card, size: int) -> int:
        """Write source, day and imprint at the bottom; return where they begin."""
        source, imprint = self.foot_lines(card, size)
        top = self.foot_top(card, size)
        self.text(source, "regular", size, top, _GREY)
        self.text(imprint, "regular", size, top + self.height_of(source, size), _GREY)
        line = top - _GAP // 2
        self.rectangle(self.left, line - 2, self.width - _MARGIN, line, _LINE)
        return line - _GAP // 2

    def figure(self, card: Card, top: int) -> int:
        """Write the figure with what it counts; return where they end."""
        share = 0.5 if card.about and self.width > self.height else 1.0
        drawn = self.type.drawn(card.figure)
        size = next((s for s in self._sizes(_FIGURE) if self._fits(drawn, s, share)), _FIGURE[-1])
        font = self.type.font("bold", size)
        colour = _GREY if card.standing else _RED
        self.on.text((self.left, top), drawn, font=font, fill=colour, anchor="lt")
        below = top + round(font.getbbox(drawn, anchor="lt")[3])
        if card.standing:
            middle = (top + below) // 2
            across = (self.left, middle, self.left + round(font.getlength(drawn)), middle)
            self.on.line(across, fill=colour, width=max(4, size // 18))
        if share < 1.0:
            aside = font.getlength(drawn) + _GAP * 2
            lines = self.type.lines(card.about, "bold", 40, self.room - aside)
            self.text(lines, "bold", 40, top, _INK, left=self.left + int(aside))
            below = max(below, top + self.height_of(lines, 40))
        elif card.about:
            lines = self.type.lines(card.about, "bold", 40, self.room)
            self.text(lines, "bold", 40, below + _GAP // 2, _INK)
            below += _GAP // 2 + self.height_of(lines, 40)
        return below + _GAP

    def _sizes(self, sizes: Sequence[int]) -> Sequence[int]:
        return sizes if self.height >= self.width else sizes[2:]

    def _fits(self, text: str, size: int, share: float) -> bool:
        return self.type.font("bold", size).getlength(text) <= self.room * share

    def claim(self, claim: str, top: int, bottom: int, *, faded: bool) -> None:
        """Write the claim as large as the room between allows."""
        for size in _CLAIM:
            lines = self.type.lines(claim, "bold", size, self.room)
            if self.height_of(lines, size) <= bottom - top:
                break
        self.text(lines, "bold", size, top, _GREY if faded else _INK, struck=faded)

    def height_of(self, lines: Sequence[str], size: int) -> int:
        return round(len(lines) * size * 1.22)

    def text(
        self,
        lines: Sequence[str],
        weight: str,
        size: int,
        top: int,
        colour: str,
        *,
        left: int | None = None,
        struck: bool = False,
    ) -> None:
        begin = self.left if left is None else left
        font = self.type.font(weight, size)
        for number, line in enumerate(lines):
            y = top + round(number * size * 1.22)
            self.on.text((begin, y), line, font=font, fill=colour)
            if struck:
                middle = y + round(size * 0.62)
                across = (begin, middle, begin + round(font.getlength(line)), middle)
                self.on.line(across, fill=colour, width=max(2, size // 18))
