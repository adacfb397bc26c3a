"""What a page's own style sheets say about numbers: counters, list markers, what is hidden.

Only style elements and style attributes are looked at; nothing is fetched.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import tinycss2
from cssselect import HTMLTranslator, SelectorError
from cssselect import parse as parse_selector
from lxml import etree

WANTED = {
    "counter-reset",
    "counter-increment",
    "counter-set",
    "content",
    "list-style",
    "list-style-type",
    "display",
    "visibility",
    "font-weight",
}
MOST_SELECTORS = 2_000
MOST_SHEET = 2_000_000  # characters of style sheets; more is not for numbers
PSEUDO = {"before", "after", "marker"}

Element = Any  # lxml's elements carry no types
Tokens = list[Any]


class _Said(NamedTuple):
    """One declaration: how strong it is, and what it says."""

    weight: tuple[bool, tuple[int, int, int, int], int]
    tokens: Tokens


class Styles:
    """The declarations that hold for each element and its pseudo-elements."""

    def __init__(self, root: Element) -> None:
        self._said: dict[tuple[Element, str], dict[str, _Said]] = {}
        self._order = 0
        self._translator = HTMLTranslator()
        self._selectors = 0
        sheets = "".join("".join(style.itertext()) for style in root.iter("style"))
        self._read_rules(root, tinycss2.parse_stylesheet(sheets[:MOST_SHEET], True, True))
        for element in root.iter(etree.Element):
            if inline := element.get("style"):
                declared = tinycss2.parse_blocks_contents(inline, True, True)
                self._keep(element, "", declared, (1, 0, 0, 0))

    def of(self, element: Element, name: str, pseudo: str = "") -> Tokens | None:
        """Return the tokens of a property, or None where nothing is said of it."""
        said = self._said.get((element, pseudo), {}).get(name)
        return said.tokens if said else None

    def word(self, element: Element, name: str, pseudo: str = "") -> str:
        """Return a property that is one word, such as "none", or nothing."""
        tokens = self.of(element, name, pseudo) or []
        return next((t.lower_value for t in tokens if t.type == "ident"), "")

    def list_style(self, element: Element) -> tuple[str, str] | None:
        """Return the list style said of an element itself: its name, or the string it draws."""
        for name in ("list-style-type", "list-style"):
            for token in self.of(element, name) or []:
                if token.type == "string":
                    return "", token.value
                if token.type == "ident" and token.lower_value not in ("inside", "outside"):
                    return token.lower_value, ""
        return None

    def _read_rules(self, root: Element, rules: list[Any]) -> None:
        for rule in rules:
            if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
                media = tinycss2.serialize(rule.prelude).casefold()
                if "print" not in media or "screen" in media:
                    self._read_rules(root, tinycss2.parse_rule_list(rule.content, True, True))
            elif rule.type == "qualified-rule":
                self._read_rule(root, rule)

    def _read_rule(self, root: Element, rule: Any) -> None:
        declared = tinycss2.parse_blocks_contents(rule.content, True, True)
        if not any(d.type == "declaration" and d.lower_name in WANTED for d in declared):
            return
        prelude = tinycss2.serialize(rule.prelude)
        for written in _selectors(prelude):
            self._selectors += 1
            if self._selectors > MOST_SELECTORS:
                return
            try:
                (selector,) = parse_selector(written)
                path = self._translator.selector_to_xpath(selector)
                found = root.xpath(path)
            except (SelectorError, etree.XPathError, ValueError):
                continue  # a selector that means nothing to us, such as :hover
            pseudo = str(selector.pseudo_element or "")
            if not pseudo or pseudo in PSEUDO:
                for element in found:
                    self._keep(element, pseudo, declared, (0, *selector.specificity()))

    def _keep(
        self, element: Element, pseudo: str, declared: list[Any], strength: tuple[int, ...]
    ) -> None:
        self._order += 1
        known = self._said.setdefault((element, pseudo), {})
        for declaration in declared:
            if declaration.type != "declaration" or declaration.lower_name not in WANTED:
                continue
            a, b, c, d = strength
            weight = (bool(declaration.important), (a, b, c, d), self._order)
            before = known.get(declaration.lower_name)
            if before is None or before.weight <= weight:
                tokens = [t for t in declaration.value if t.type not in ("whitespace", "comment")]
                known[declaration.lower_name] = _Said(weight, tokens)


def _selectors(prelude: str) -> Iterator[str]:
    """Yield the selectors of a list, each alone, so that an unknown one spoils no other."""
    depth, start = 0, 0
    for place, character in enumerate(prelude):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            yield prelude[start:place].strip()
            start = place + 1
    yield prelude[start:].strip()
