"""Words as the index sees them: both sides, documents and questions, go through here."""

import re
import unicodedata
from functools import lru_cache

import tantivy

# A word for marking and parsing: letters and digits, apostrophes inside.
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HYPHENED = re.compile(r"\b[^\W_]+(?:[-‐‑][^\W_]+)+\b")
_APOSTROPHES = str.maketrans("", "", "'’‘")


def plain_analyser() -> tantivy.TextAnalyzer:
    """Return the analyser that only splits and lower-cases: "Removal" is removal."""
    return _builder().build()


def english_analyser() -> tantivy.TextAnalyzer:
    """Return the analyser that also reduces words to their stem, and drops none of them.

    There is no list of stop words: "A" and "I" are the names of clauses.
    """
    return _builder().filter(tantivy.Filter.stemmer("english")).build()


def _builder() -> tantivy.TextAnalyzerBuilder:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )


_plain = plain_analyser()
_english = english_analyser()


def clean(text: str) -> str:
    """Return text as it is analysed: "member's" is one word, "Ⅷ" is VIII, halves of pairs go."""
    if not text.isascii():
        text = text.encode("utf-8", "ignore").decode("utf-8")
        text = unicodedata.normalize("NFKC", text)
    return text.translate(_APOSTROPHES) if "'" in text or "’" in text or "‘" in text else text


def joined(text: str) -> str:
    """Return the hyphened words of a cleaned text in one piece: "e-mail" is also found as email."""
    if "-" not in text and "‐" not in text and "‑" not in text:
        return ""
    found = _HYPHENED.findall(text)
    return " ".join(re.sub("[-‐‑]", "", word) for word in found)


@lru_cache(maxsize=8192)
def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a short text, lower-cased and without accents."""
    return tuple(_plain.analyze(clean(text)))


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words of a short text."""
    return tuple(_english.analyze(clean(text)))


def distance(first: str, second: str, most: int) -> int:
    """Return how many typing mistakes lie between two words; `most` + 1 where there are more.

    A mistake is a letter too many, one missing, one wrong, or two neighbours swapped (Damerau's
    distance in which no letter is changed twice, as the engines count it).
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    first, second = _without_common_ends(first, second)
    longest = max(len(first), len(second))
    if not first or not second or longest == 1:
        return min(longest, most + 1)
    if most == 1 and (longest > 2 or first != second[::-1]):
        return 2
    if len(set(first) ^ set(second)) > 2 * most:
        return most + 1
    return min(_counted(first, second), most + 1)


def _without_common_ends(first: str, second: str) -> tuple[str, str]:
    start, shorter = 0, min(len(first), len(second))
    while start < shorter and first[start] == second[start]:
        start += 1
    end = 0
    while end < shorter - start and first[-1 - end] == second[-1 - end]:
        end += 1
    return first[start : len(first) - end], second[start : len(second) - end]


def _counted(first: str, second: str) -> int:
    before, row = [0], list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        oldest, before, row = before, row, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, oldest[j - 2] + 1)
            row.append(cost)
    return row[-1]
