"""Words as a file draws them: in pieces, each with whether it is bold."""

from collections.abc import Iterable

Piece = tuple[str, bool]


def plain(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def bold_beginning(pieces: Iterable[Piece]) -> int:
    """Return how many characters are bold at the beginning of what these pieces say."""
    bold = ""
    for text, heavy in pieces:
        if text.strip() and not heavy:
            break
        bold += text
    return len(plain(bold))
