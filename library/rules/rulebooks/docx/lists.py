"""The numbers that Word draws before paragraphs: numbering.xml and the styles that refer to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from library.rules.rulebooks import numbering
from library.rules.rulebooks.docx.package import Element, W, value
from library.rules.rulebooks.docx.styles import is_on

WORDS = [word.capitalize() for word in numbering.WORDS]
LEVELS = 9


@dataclass(slots=True)
class Level:
    """One level of a list: how its number is written, and what it starts and restarts with."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # the level, counted from 1, after which it begins again
    legal: bool = False
    style: str = ""
    left: int = 0  # where its text begins, in twentieths of a point


@dataclass(slots=True)
class _Num:
    """A list as paragraphs refer to it: an abstract one, with its own starts and levels."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Lists:
    """Counts the paragraphs of a document's lists, in reading order."""

    def __init__(self, root: Element | None, style_lists: Mapping[str, str]) -> None:
        """`style_lists` gives the list (numId) that a numbering style names."""
        self.abstract: dict[str, dict[int, Level]] = {}
        self.links: dict[str, str] = {}
        self.nums: dict[str, _Num] = {}
        self.style_lists = style_lists
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def level(self, num: str, depth: int) -> Level | None:
        """Return a level of a list, counted from 0."""
        known = self.nums.get(num)
        if known is None:
            return None
        return known.levels.get(depth) or self._levels(known).get(depth)

    def level_of_style(self, num: str, style: str) -> int:
        """Return the level of a list that belongs to a paragraph style."""
        known = self.nums.get(num)
        levels = {**self._levels(known), **known.levels} if known else {}
        return next((depth for depth, level in levels.items() if level.style == style), 0)

    def count(self, num: str, depth: int) -> str:
        """Count one paragraph, and return its number as drawn; nothing for what has none."""
        known, level = self.nums.get(num), self.level(num, depth)
        if known is None or level is None:
            return ""
        counts = self.counts.setdefault(self._source(known), {})
        if depth in known.starts and (num, depth) not in self.begun:
            counts[depth] = known.starts[depth] - 1
        self.begun.add((num, depth))
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            below = self.level(num, deeper)
            restart = below.restart if below else None
            if restart is None or (restart and depth < restart):
                del counts[deeper]
        return self._drawn(num, level, counts)

    def _drawn(self, num: str, level: Level, counts: Mapping[int, int]) -> str:
        if level.format in ("bullet", "none") and "%" not in level.text:
            return "" if level.format == "bullet" else level.text
        drawn = level.text
        for depth in range(LEVELS):
            if f"%{depth + 1}" not in drawn:
                continue
            at = self.level(num, depth) or Level()
            style = "decimal" if level.legal else at.format
            drawn = drawn.replace(f"%{depth + 1}", _written(style, counts.get(depth, at.start)))
        return drawn.strip()

    def _read(self, root: Element) -> None:
        for abstract in root.iter(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            self.abstract[key] = dict(_level(each) for each in abstract.iter(f"{W}lvl"))
            self.links[key] = value(abstract, "numStyleLink") or ""
        for num in root.iter(f"{W}num"):
            known = _Num(value(num, "abstractNumId") or "")
            for override in num.iter(f"{W}lvlOverride"):
                depth = _whole(override.get(f"{W}ilvl"))
                if (start := value(override, "startOverride")) is not None:
                    known.starts[depth] = _whole(start, 1)
                for each in override.iter(f"{W}lvl"):
                    known.levels[depth] = _level(each)[1]
            self.nums[num.get(f"{W}numId", "")] = known

    def _source(self, known: _Num) -> str:
        """Return the abstract list that a list counts in; a link goes through a style."""
        linked = self.nums.get(self.style_lists.get(self.links.get(known.abstract, ""), ""))
        return linked.abstract if linked else known.abstract

    def _levels(self, known: _Num) -> dict[int, Level]:
        return self.abstract.get(self._source(known), {})


def _level(element: Element) -> tuple[int, Level]:
    indent = element.find(f"{W}pPr/{W}ind")
    left = None if indent is None else indent.get(f"{W}left") or indent.get(f"{W}start")
    restart = value(element, "lvlRestart")
    level = Level(
        format=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        start=_whole(value(element, "start"), 1),
        restart=None if restart is None else _whole(restart),
        legal=is_on(element.find(f"{W}isLgl")),
        style=value(element, "pStyle") or "",
        left=_whole(left),
    )
    return _whole(element.get(f"{W}ilvl")), level


def _written(style: str, value: int) -> str:
    """Return a value as Word writes it: after z comes aa, then bb."""
    if style in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(97 + (value - 1) % 26) * min((value - 1) // 26 + 1, 9)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("lowerRoman", "upperRoman"):
        return numbering.written("i" if style == "lowerRoman" else "I", value)
    if style == "decimalZero":
        return f"{value:02d}"
    if style == "cardinalText" and 0 < value <= len(WORDS):
        return WORDS[value - 1]
    if style == "none":
        return ""
    return str(value)


def _whole(written: str | None, otherwise: int = 0) -> int:
    try:
        return max(-(10**6), min(int(float(written or "")), 10**6))
    except ValueError:
        return otherwise
