"""Nothing is lost silently: what went in is counted against what came out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from library.rules.rulebooks.tree import Block, ExcludedText, Reading, every

UNACCOUNTED = "Found in the file, but it has no place in the tree; look at the source."


def add_unaccounted(reading: Reading) -> None:
    """Put what of the reading's source is neither in its tree nor left out into what was left out.

    A warning says how much it was. Letters and digits are counted, whatever their case.
    """
    missing = letters(_of_blocks(reading.source)) - letters(_of_reading(reading))
    if not missing:
        return
    held = "".join(squeezed(text) for text in _of_reading(reading))
    for block in reading.source:
        if missing and squeezed(block.text) not in held and letters([block.text]) & missing:
            missing -= letters([block.text])
            reading.left_out.append(ExcludedText(block.line, block.text, UNACCOUNTED, block.page))
    reading.warnings.append("Some of the text has no place in the tree; it is listed as left out.")


def unread(body: Iterable[tuple[int, str]], blocks: Sequence[Block]) -> list[Block]:
    """Return, as blocks to be left out, the lines of a body that no block holds.

    `body` is what the file says, as lines with their numbers, gathered in another way than the
    blocks were.
    """
    lines = [(number, text) for number, text in body if text.strip()]
    missing = letters(text for _number, text in lines) - letters(_of_blocks(blocks))
    if not missing:
        return []
    held = "".join(squeezed(text) for text in _of_blocks(blocks))
    found = []
    for number, text in lines:
        if missing and letters([text]) & missing and squeezed(text) not in held:
            missing -= letters([text])
            found.append(Block(text.strip(), "comment", line=number, reason=UNACCOUNTED))
    return found


def letters(texts: Iterable[str]) -> Counter[str]:
    """Count the letters and digits of texts, whatever their case."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(squeezed(text))
    return counted


def _of_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield block.label
        yield block.text
        for row in block.rows:
            yield from row


def _of_reading(reading: Reading) -> Iterator[str]:
    yield reading.title
    yield reading.introduction
    for left in reading.left_out:
        yield left.text
    for node in every(reading.tree):
        yield from (node.number, node.heading, node.text)
        if node.source_from is not None and node.number:
            block = reading.source[node.source_from]
            said = (block.label.strip().casefold(), block.text.strip().casefold())
            if any(words.startswith(node.kind) for words in said):
                yield node.kind


def squeezed(text: str) -> str:
    """Return a text’s letters and digits alone, whatever their case."""
    return re.sub(r"[\W_]+", "", text.casefold())
