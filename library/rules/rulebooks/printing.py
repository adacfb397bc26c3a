"""An edition, or any part of it, as a PDF to print: tagged, with headings, for screen readers too.

`book.typ` says how it looks; `ground.documents.pdf` draws it.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ground.documents import pdf
from library.rules.rulebooks.tree import DIVISIONS, Node

_TEMPLATE = Path(__file__).resolve().parent / "book.typ"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Sheet:
    """What stands around the rules on paper.

    `above` says what they are a part of, `standing` since when they hold, `notices` what a reader
    must know before relying on them, `foot` where they were taken from, and when.
    """

    title: str
    above: str
    edition: str
    standing: str
    foot: str
    publisher: str
    notices: Sequence[str] = ()
    introduction: str = ""


def as_pdf(tree: Sequence[Node], sheet: Sheet, *, fonts: Path) -> bytes:
    """Return the PDF (PDF/UA-1) of these nodes; `fonts` is the folder of the typeface.

    Signs that it lacks are printed as “?”: rules come in Latin letters.
    """
    data = {
        **asdict(sheet),
        "running": " · ".join(filter(None, [sheet.above, sheet.title])),
        "introduction": [part for part in sheet.introduction.split("\n\n") if part.strip()],
        "tree": [_plain(node) for node in tree],
    }
    return pdf.draw(_TEMPLATE, data, fonts=fonts)


def _plain(node: Node) -> dict[str, Any]:
    heads = node.kind in DIVISIONS
    label = f"{node.number}." if node.number and not heads else ""
    word = node.kind.capitalize() if node.number else ""
    heading = _CONTROL.sub("", node.heading)
    called = " — ".join(filter(None, [f"{word} {node.number}".strip(), heading]))
    return {
        "kind": node.kind,
        "number": node.number,
        "label": label,
        "called": (called or node.kind.capitalize()) if heads else heading,
        "text": _CONTROL.sub("", node.text),
        "heads": heads,
        "children": [_plain(child) for child in node.children],
    }
