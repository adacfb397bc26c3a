"""Measures the reading of PDFs: a generated rule book of about 150 pages in three layouts.

    .venv/bin/python -m bench.pdf_rules

"one column" has numbers that hang; "running heads" adds two-column contents, running heads, page
numbers and footnotes; "two columns" sets the text in two columns too. Printed are the pages, the
seconds of one core for the blocks and for the tree, and which share of the provisions written came
out with the same address and the same words (a footnote's mark and the hyphens that were drawn at
the ends of lines not counted).
"""

import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from library.rules.rulebooks.numbering import roman
from library.rules.rulebooks.pdf.blocks import blocks_of
from library.rules.rulebooks.structure import build
from library.rules.rulebooks.tree import places

CHAPTERS = {"one column": 15, "running heads": 15, "two columns": 14}  # about 150 pages
WORDS = [
    *("member", "officer", "meeting", "committee", "secretary", "treasurer", "branch"),
    *("region", "notice", "ballot", "candidate", "election", "quorum", "motion", "amendment"),
    *("chair", "report", "account", "fund", "delegate", "conference", "appeal", "panel"),
    *("decision", "party", "unit", "every", "such", "any", "the", "a", "of", "and", "to"),
    *("by", "in", "which", "shall", "may", "must", "not", "be", "held", "elected", "given"),
    *("written", "present", "within", "days", "weeks", "year", "majority", "two-thirds"),
    *("e-mail", "administration", "responsibility", "representation", "constitutional"),
    *("undertaking"),
]
SET_UP = """
#set page(paper: "a4", margin: 72pt{page})
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "en", hyphenate: true)
#set par(justify: true)
#show heading.where(level: 1): it => {{ pagebreak(weak: true); align(center, text(15pt, it.body)) }}
#show heading.where(level: 2): it => align(center, text(12pt, it.body))
#set enum(numbering: (..n) => numbering(("1.", "A.", "i.", "(a)").at(n.pos().len() - 1),
  n.pos().last()), full: true)
#align(center, text(22pt)[Rules of the measured society])
#pagebreak()
"""
HEADS = """, header: context [
  #let before = query(heading.where(level: 1).before(here()))
  #if before.len() > 0 [#emph(before.last().body)] #h(1fr) Measured society],
  footer: context align(center)[#(counter(page).get().first() + 4)]"""


def main() -> None:
    with TemporaryDirectory() as folder:
        for layout, chapters in CHAPTERS.items():
            written: dict[str, str] = {}
            source = "\n".join(_book(layout, chapters, written))
            path = Path(folder) / "book.pdf"
            typst.compile(source.encode(), output=str(path))
            _measure(layout, path, written)


def _measure(layout: str, path: Path, written: dict[str, str]) -> None:
    start = time.process_time()
    blocks = blocks_of(path)
    read = time.process_time()
    reading = build(blocks)
    built = time.process_time()
    found = {place.path: _words(place.node.text) for place in places(reading.tree)}
    same = sum(found.get(address) == words for address, words in written.items())
    pages = max(block.page or 0 for block in blocks)
    print(
        f"{layout}: {pages} pages, {len(written):,} provisions; blocks {read - start:.1f} s, "
        f"tree {built - read:.1f} s; {same / len(written):.1%} as written"
    )


def _book(layout: str, chapters: int, written: dict[str, str]) -> Iterator[str]:
    """Yield the book's source for typst, and note each provision's address and words."""
    chance = random.Random(5)
    plain = layout == "one column"
    yield SET_UP.format(page="" if plain else HEADS)
    if not plain:
        yield "*Contents* #columns(2, outline(title: none, depth: 1)) #pagebreak()"
    if layout == "two columns":
        yield "#set page(columns: 2)"
    for chapter in range(1, chapters + 1):
        yield f"= Chapter {chapter} {_title(chance)}"
        for clause in range(1, chance.randint(4, 7)):
            yield f"== Clause {roman(clause)} {_title(chance)}"
            yield from _items(chance, f"{chapter}/{roman(clause)}", 0, written, plain)


def _items(
    chance: random.Random, above: str, depth: int, written: dict[str, str], plain: bool
) -> Iterator[str]:
    for value in range(1, chance.randint(3, 6 if depth else 8)):
        number = (str(value), chr(64 + value), roman(value).lower(), chr(96 + value))[depth]
        text = _sentence(chance)
        written[f"{above}/{number}"] = _words(text)
        note = "" if plain or chance.random() > 0.05 else f"#footnote[{_sentence(chance)}]"
        yield f"{'  ' * depth}+ {text}{note}"
        if depth < 3 and chance.random() < (0.5, 0.4, 0.3)[depth]:
            yield from _items(chance, f"{above}/{number}", depth + 1, written, plain)


def _title(chance: random.Random) -> str:
    return " ".join(chance.sample(WORDS[:24], 3)).capitalize()


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(8, 60))).capitalize() + "."


def _words(text: str) -> str:
    return re.sub(r"\[\^\d+\]|[-\s]", "", text)


if __name__ == "__main__":
    main()
