"""The slides of the demonstration's films, drawn in the house's colours and type."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1280, 720
RED, INK, SAND, PAPER = "#E4003B", "#1B1B1F", "#F6F3EE", "#FFFFFF"
LINE, MUTED = "#D9D4CC", "#55555C"
FONTS = Path(__file__).resolve().parents[2] / "membersnet" / "static" / "vendor" / "atkinson"
LEFT, RIGHT, RISE = 96, 1184, 28  # pixels: the text's edges; how far a point rises as it appears
SHARP = 4  # shapes are drawn this many times larger, then made smaller, for smooth edges


@dataclass(frozen=True)
class Layer:
    """A picture with its transparency, and where its top left corner goes."""

    image: Image.Image
    place: tuple[int, int]


@dataclass(frozen=True)
class Drawing:
    """A slide: its ground, and its points as layers that appear one after the other."""

    ground: Image.Image
    points: tuple[Layer, ...]

    def picture(self, shown: tuple[float, ...]) -> np.ndarray:
        """The slide with each point shown to the given part (0 not at all, 1 wholly)."""
        image = self.ground.copy()
        for layer, part in zip(self.points, shown, strict=True):
            if part > 0:
                mask = layer.image.getchannel("A").point(lambda value, part=part: int(value * part))
                x, y = layer.place
                image.paste(layer.image, (x, y + round(RISE * (1 - part))), mask)
        return np.asarray(image.convert("RGB"))


@cache
def font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Return the house's typeface in pixels of height; bold from a weight of 600."""
    return ImageFont.truetype(FONTS / f"latin-{700 if weight >= 600 else 400}.woff2", size)


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The text in as few lines as ``width`` pixels allow, the lines about equally long."""
    words = text.split()
    for count in range(1, len(words) + 1):
        narrowest = max(face.getlength(text) / count, 1)
        for limit in np.linspace(narrowest, width, 40):
            lines = _filled(words, face, float(limit))
            if len(lines) <= count and max(face.getlength(line) for line in lines) <= width:
                return lines
    return words


def _filled(words: list[str], face: ImageFont.FreeTypeFont, limit: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if face.getlength(longer) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def rounded(
    size: tuple[int, int], radius: int, fill: str, outline: str | None = None
) -> Image.Image:
    """A rounded rectangle on nothing, its edges smooth."""
    width, height = size[0] * SHARP, size[1] * SHARP
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(image).rounded_rectangle(
        (0, 0, width - 1, height - 1), radius * SHARP, fill, outline, 2 * SHARP if outline else 0
    )
    return image.resize(size, Image.Resampling.LANCZOS)


def mark(size: int, ground: str, figure: str) -> Image.Image:
    """The house's mark (a speech bubble with a play sign), on a rounded square of ``ground``."""
    unit = size * SHARP / 32
    image = Image.new("RGBA", (size * SHARP, size * SHARP), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)

    def scaled(*numbers: float) -> list[float]:
        return [number * unit for number in numbers]

    pen.rounded_rectangle(scaled(0, 0, 32, 32), 6 * unit, ground)
    pen.rounded_rectangle(scaled(6, 6, 26, 21), 3 * unit, figure)
    pen.polygon(scaled(9, 20, 9, 27, 15, 21, 15, 20), figure)
    pen.polygon(scaled(13.5, 9.5, 20.5, 13.5, 13.5, 17.5), ground)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def drawn_slide(film: dict, slide: dict, number: int, count: int) -> Drawing:
    """The drawing of one slide of a film; the first is its title."""
    if number == 0:
        return _title(film, slide)
    ground = Image.new("RGBA", (WIDTH, HEIGHT), SAND)
    _frame(ground, film["title"], f"{number + 1} / {count}")
    top = _heading(ground, slide["heading"])
    return Drawing(ground, _points(slide["points"], top, LEFT, RIGHT))


def _title(film: dict, slide: dict) -> Drawing:
    ground = Image.new("RGBA", (WIDTH, HEIGHT), SAND)
    panel = 420
    pen = ImageDraw.Draw(ground)
    pen.rectangle((0, 0, panel, HEIGHT), RED)
    big = mark(236, RED, PAPER)
    ground.alpha_composite(big, ((panel - 236) // 2, 196))
    pen.text((panel // 2, 476), "Membersnet", PAPER, font(40, 700), anchor="mm")
    left = panel + 72
    face = font(64, 800)
    lines = wrapped(slide["heading"], face, WIDTH - left - 72)
    y = 112
    if slide["heading"] != film["title"]:
        pen.text((left, 92), film["title"], RED, font(29, 700), anchor="lm")
    for line in lines:
        pen.text((left, y), line, INK, face)
        y += 74
    small = font(29, 400)
    y += 18
    for line in wrapped(film["summary"], small, WIDTH - left - 72):
        pen.text((left, y), line, MUTED, small)
        y += 42
    pen.rectangle((0, HEIGHT - 8, WIDTH, HEIGHT), LINE)
    return Drawing(ground, _points(slide["points"], max(y + 26, 360), left, WIDTH - 72))


def _frame(ground: Image.Image, title: str, place: str) -> None:
    """What every slide but the title has: the brand, the film's title, the bar to be filled."""
    pen = ImageDraw.Draw(ground)
    ground.alpha_composite(mark(44, RED, PAPER), (LEFT, 40))
    pen.text((LEFT + 60, 62), "Membersnet", INK, font(27, 700), anchor="lm")
    pen.text((RIGHT, 62), f"{title}   {place}", MUTED, font(24, 400), anchor="rm")
    pen.line((LEFT, 108, RIGHT, 108), LINE, 2)
    pen.rectangle((0, HEIGHT - 8, WIDTH, HEIGHT), LINE)


def _heading(ground: Image.Image, heading: str) -> int:
    """Draw the heading, its number on a red tile if it has one; return where the points begin."""
    pen = ImageDraw.Draw(ground)
    numbered = re.match(r"(\d+)\.\s+(.*)", heading)
    left, text = LEFT, heading
    if numbered:
        ground.alpha_composite(rounded((116, 116), 24, RED), (LEFT, 156))
        pen.text((LEFT + 58, 214), numbered[1], PAPER, font(76, 800), anchor="mm")
        left, text = LEFT + 148, numbered[2]
    face = font(60, 800)
    lines = wrapped(text, face, RIGHT - left)
    y = 214 - len(lines) * 35
    for line in lines:
        pen.text((left, y + 35), line, INK, face, anchor="lm")
        y += 70
    return 328


def _points(points: list[str], top: int, left: int, right: int) -> tuple[Layer, ...]:
    face = font(38, 500)
    height, gap = (88, 20) if len(points) > 2 else (104, 26)
    layers = []
    for number, point in enumerate(points):
        card = rounded((right - left, height), 16, PAPER, LINE)
        card.alpha_composite(rounded((10, height - 40), 5, RED), (24, 20))
        size = face
        if size.getlength(point) > right - left - 84:
            size = font(31, 500)
        ImageDraw.Draw(card).text((58, height // 2), point, INK, size, anchor="lm")
        layers.append(Layer(card, (left, top + number * (height + gap))))
    return tuple(layers)
