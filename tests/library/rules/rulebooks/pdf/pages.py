"""Pages as the tests of PDFs have them drawn, and what comes out in short."""

from library.rules.rulebooks.tree import Block

SET_UP = """
#set page(width: 420pt, height: 300pt, margin: 50pt)
#set text(size: 10pt, font: "Libertinus Serif", lang: "en")
#set par(justify: true)
"""
LONG = (
    "Every member of the society may speak at a meeting and may vote at it when the fee for the "
    "year has been paid before the day on which the meeting is held."
)


def shown(blocks: list[Block]) -> list[tuple[str, int, str, str]]:
    return [(block.style, block.level, block.label, block.text) for block in blocks]


def styled(blocks: list[Block], style: str) -> list[tuple[int | None, str]]:
    return [(block.page, block.text) for block in blocks if block.style == style]
