"""The clips' typeface: what it can draw, how wide a text is, and where its lines end.

Atkinson Hyperlegible Next (OFL 1.1), the site's own typeface, as TrueType files: `typeface/`.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FOLDER = Path(__file__).resolve().parent / "typeface"
UNDRAWN = "\ufffd"  # the typeface has no such sign either, so it shows its empty box
JOINERS = "\u200d\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
# One sign for the eye: a picture with its skin tone or variant, or several joined into one.
CLUSTER = re.compile(f"[^{JOINERS}](?:[{JOINERS[1:]}]|\u200d[^{JOINERS}])*")
NARROWING = 12  # steps of the search for the narrowest lines that still hold a text


@lru_cache(maxsize=64)
def font(weight: str, size: int) -> "FreeTypeFont":
    """The typeface in a weight (“regular” or “bold”) at ``size`` pixels."""
    from PIL import ImageFont

    return ImageFont.truetype(str(FOLDER / f"{weight}.ttf"), size)


@lru_cache(maxsize=16384)
def width(text: str, weight: str, size: int) -> float:
    """How many pixels a line of text takes from left to right."""
    return font(weight, size).getlength(text)


def drawn(text: str) -> str:
    """The text as the typeface can draw it, in one line with single spaces.

    A sign it lacks, such as an emoji, becomes one visible empty box; signs without any shape of
    their own (joiners, marks of direction) go.
    """
    return "".join(_sign(cluster) for cluster in _clusters(text)).strip()


def undrawn(text: str) -> tuple[str, ...]:
    """The signs of a text that the typeface lacks, each once, in the order met."""
    lacking = [cluster for cluster in _clusters(text) if UNDRAWN in _sign(cluster)]
    return tuple(dict.fromkeys(lacking))


def wrap(text: str, weight: str, size: int, *, limit: float) -> list[str]:
    """The text in as few lines of ``limit`` pixels as hold it, as equally long as can be.

    A word that is too long for a line goes on in the next. No text gives no lines.
    """
    words = [part for word in text.split() for part in split_word(word, weight, size, limit=limit)]
    lines = _filled(words, weight, size, limit)
    least, most = max((width(word, weight, size) for word in words), default=0.0), limit
    for _step in range(NARROWING if len(lines) > 1 else 0):
        middle = (least + most) / 2
        narrower = _filled(words, weight, size, middle)
        if len(narrower) == len(lines):
            most = middle
        else:
            least = middle
    return _filled(words, weight, size, most)


def split_word(word: str, weight: str, size: int, *, limit: float) -> list[str]:
    """The word alone where a line holds it, else parts that lines hold, joined by hyphens."""
    if width(word, weight, size) <= limit:
        return [word]
    parts, part = [], ""
    for sign, following in pairwise([*word, ""]):
        hyphen = "-" if sign.isalpha() and following.isalpha() else ""
        if part and width(part + sign + hyphen, weight, size) > limit:
            parts.append(part + ("-" if part[-1].isalpha() and sign.isalpha() else ""))
            part = ""
        part += sign
    return [*parts, part]


def _filled(words: list[str], weight: str, size: int, limit: float) -> list[str]:
    """Lines filled one after the other, each with as many words as it holds."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, weight, size) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _clusters(text: str) -> list[str]:
    return CLUSTER.findall(" ".join(unicodedata.normalize("NFC", text).split()))


def _sign(cluster: str) -> str:
    if unicodedata.category(cluster[0]) in ("Cf", "Cc"):
        return ""
    if not _is_drawn(cluster[0]):
        return UNDRAWN
    return "".join(sign for sign in cluster if sign not in JOINERS)


@lru_cache(maxsize=4096)
def _is_drawn(sign: str) -> bool:
    from PIL.ImageFont import Layout, truetype

    plain = truetype(str(FOLDER / "bold.ttf"), 32, layout_engine=Layout.BASIC)
    if sign.isspace():
        return True
    mask, box = plain.getmask(sign), plain.getmask(UNDRAWN)
    return (mask.size, bytes(mask)) != (box.size, bytes(box))
