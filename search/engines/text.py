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
