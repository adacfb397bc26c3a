"""The numbers that a browser draws: list markers, and CSS counters in generated content."""

from collections import defaultdict
from typing import Any

from library.rules.rulebooks import numbering
from library.rules.rulebooks.html.styles import Element, Styles, Tokens

STYLES = {
    "decimal": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman"}
TYPES |= {"I": "upper-roman", "disc": "disc", "circle": "circle", "square": "square"}
BULLETS = {"disc": "•", "circle": "◦", "square": "▪", "disclosure-open": "▾", "none": ""}


class Counters:
    """Counts along with the document; call `enter` and `leave` for every element in order."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.values: dict[str, list[int]] = defaultdict(list)
        self.owners: dict[str, list[Element]] = defaultdict(list)  # the parents of their scopes
        self.scoped: dict[Element, list[str]] = defaultdict(list)

    def enter(self, element: Element) -> str:
        """Count an element, and return what is drawn before its text."""
        self._count(element, "")
        return self._generated(element, "before")

    def leave(self, element: Element) -> str:
        """Close an element's scopes, and return what is drawn after its text."""
        after = self._generated(element, "after")
        for name in self.scoped.pop(element, []):
            self.values[name].pop()
            self.owners[name].pop()
        return after

    def marker(self, element: Element, value: int) -> str | None:
        """Return the marker of the `value`-th item of a list; None where none is drawn."""
        content = self.styles.of(element, "content", "marker")
        if content and not _is_nothing(content):
            return self._drawn(element, content, value)
        style, string = _list_style(self.styles, element)
        if string:
            return string
        if style in BULLETS:
            return BULLETS[style] or None
        return f"{_written(style, value)}."

    def _generated(self, element: Element, pseudo: str) -> str:
        content = self.styles.of(element, "content", pseudo)
        if not content or _is_nothing(content):
            return ""
        if self.styles.word(element, "display", pseudo) == "none":
            return ""
        self._count(element, pseudo)
        return self._drawn(element, content, 0)

    def _count(self, element: Element, pseudo: str) -> None:
        for name, value in _pairs(self.styles.of(element, "counter-reset", pseudo), 0):
            self._reset(element, name, value)
        for name, value in _pairs(self.styles.of(element, "counter-increment", pseudo), 1):
            self._top(element, name)
            self.values[name][-1] += value
        for name, value in _pairs(self.styles.of(element, "counter-set", pseudo), 0):
            self._top(element, name)
            self.values[name][-1] = value

    def _reset(self, element: Element, name: str, value: int) -> None:
        """Begin a counter for an element, what follows it and what they hold."""
        parent = element.getparent()
        if self.owners[name] and self.owners[name][-1] is parent:
            self.values[name][-1] = value
            return
        self.values[name].append(value)
        self.owners[name].append(parent)
        self.scoped[parent].append(name)

    def _top(self, element: Element, name: str) -> None:
        if not self.values[name]:
            self._reset(element, name, 0)

    def _drawn(self, element: Element, content: Tokens, item: int) -> str:
        pieces = []
        for token in content:
            if token.type == "string":
                pieces.append(token.value)
            elif token.type == "function":
                pieces.append(self._called(element, token, item))
            elif token.type == "literal" and token.value == "/":
                break  # what follows is for screen readers
        return "".join(pieces)

    def _called(self, element: Element, function: Any, item: int) -> str:
        given = [t for t in function.arguments if t.type not in ("whitespace", "comment")]
        words = [t.value for t in given if t.type == "ident"]
        if not words:
            return ""
        if function.lower_name == "attr":
            return str(element.get(words[0], ""))
        if function.lower_name not in ("counter", "counters"):
            return ""
        style = words[1].lower() if len(words) > 1 else "decimal"
        values = self.values[words[0]] or ([item] if words[0] == "list-item" else [0])
        if function.lower_name == "counter":
            values = values[-1:]
        separator = next((t.value for t in given if t.type == "string"), "")
        return separator.join(_written(style, value) for value in values)


def values_of_items(element: Element) -> dict[Element, int]:
    """Return the value of each item of a list, as its start, order and values say."""
    items = [child for child in element if child.tag == "li"]
    down = element.tag == "ol" and element.get("reversed") is not None
    value = _whole(element.get("start"), len(items) if down else 1)
    found = {}
    for item in items:
        value = _whole(item.get("value"), value)
        found[item] = value
        value += -1 if down else 1
    return found


def _list_style(styles: Styles, element: Element) -> tuple[str, str]:
    """Return the style of an item's marker: its own, or that of the list it stands in."""
    for place in (element, *element.iterancestors()):
        if said := styles.list_style(place):
            return said
        kind = place.get("type", "") if place.tag in ("li", "ol", "ul") else ""
        if kind in TYPES or kind.lower() in BULLETS:
            return TYPES.get(kind, kind.lower()), ""
        if place.tag in ("ol", "ul"):
            return ("decimal" if place.tag == "ol" else "disc"), ""
    return "disc", ""


def _written(style: str, value: int) -> str:
    if style in BULLETS:
        return BULLETS[style]
    if style == "decimal-leading-zero":
        return f"{value:02d}"
    return numbering.written(STYLES.get(style, "1"), value)


def _pairs(tokens: Tokens | None, default: int) -> list[tuple[str, int]]:
    """Return the names and values of "a 2 b"; a name without a value has the default."""
    pairs: list[tuple[str, int]] = []
    for token in tokens or []:
        if token.type == "ident" and token.lower_value not in ("none", "inherit", "initial"):
            pairs.append((token.value, default))
        elif token.type == "number" and token.int_value is not None and pairs:
            pairs[-1] = (pairs[-1][0], max(-(10**6), min(token.int_value, 10**6)))
    return pairs


def _is_nothing(content: Tokens) -> bool:
    return all(t.type == "ident" and t.lower_value in ("none", "normal") for t in content)


def _whole(written: str | None, otherwise: int) -> int:
    try:
        return max(-(10**6), min(int((written or "").strip()), 10**6))
    except ValueError:
        return otherwise
