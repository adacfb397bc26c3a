"""Print what makes a fallback font as wide and as tall as the hub's typeface, for `tokens.css`.

    python -m pip install fonttools brotli
    python requirements/fallback_metrics.py 400 LiberationSans-Regular.ttf

The first argument is the weight, the second a file of the fallback: Liberation Sans has Arial's
widths, and DejaVu Sans and Roboto are had as packages. docs/typeface.md says what is computed.
"""

import sys
from collections import Counter
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TYPEFACE = ROOT / "membersnet" / "static" / "vendor" / "atkinson"
SAMPLE = ROOT / "demo" / "content" / "rulebook.md"  # how often each letter stands in our texts


def mean_width(font: TTFont, letters: Counter[str]) -> float:
    """Return the mean advance width of a text's letters, in ems; those it lacks are left out."""
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    known = {letter: n for letter, n in letters.items() if ord(letter) in glyphs}
    total = sum(n * widths[glyphs[ord(letter)]][0] for letter, n in known.items())
    return total / sum(known.values()) / font["head"].unitsPerEm


def main(weight: str, fallback: str) -> None:
    letters = Counter(SAMPLE.read_text())
    typeface = TTFont(TYPEFACE / f"latin-{weight}.woff2")
    size = mean_width(typeface, letters) / mean_width(TTFont(fallback), letters)
    ems, lines = typeface["head"].unitsPerEm, typeface["hhea"]
    print(f"  size-adjust: {size:.2%};")
    print(f"  ascent-override: {lines.ascent / ems / size:.2%};")
    print(f"  descent-override: {-lines.descent / ems / size:.2%};")
    print(f"  line-gap-override: {lines.lineGap / ems / size:.0%};")


if __name__ == "__main__":
    main(*sys.argv[1:])
