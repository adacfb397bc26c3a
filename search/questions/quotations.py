"""One passage that answers a question, word for word; nothing is ever written anew."""

import html
import re
from dataclasses import dataclass
from itertools import pairwise

from search.engines.document import Document
from search.engines.grouping import highlights_for
from search.engines.highlighting import Marked, mark
from search.engines.question import Clause, Question, Reach, Term
from search.engines.results import Hit, Results
from search.engines.text import plain_words, stems
from search.questions.pieces import SAME, SLIGHT_WORDS

CLEARLY = 0.85  # a rival with this share of the best score is as good an answer
LONGEST = 260  # characters that are quoted
LONGEST_SENTENCE = 520  # of one that stands alone
LONGEST_BODY = 30_000  # characters looked at
_TAGS = re.compile(r"</?mark>")
_ENDS = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(]*[A-Z0-9])")
_WHOLE = re.compile(r"[\"'“‘(]*(?![a-z])\w.*[.?!][\"'”’)\]]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Whole sentences of a document, with the asked words marked, and the hit they are from."""

    hit: Hit
    words: Marked


def quotation(question: Question, results: Results) -> Quotation | None:
    """Return the passage to quote on top: for what reads as a question, on strong evidence only.

    One whole sentence of what is current must hold the very words that were asked for, and no other
    hit may hold them as well; what follows it in its paragraph is quoted with it. Asked for one
    word, the document must be called by it, and no other; of several, the one of just that name.
    """
    if not (question.is_asked and question.clauses and results.hits):
        return None
    if results.reach > Reach.HALF_TYPED:
        return None
    best, *others = sorted(results.hits, key=lambda hit: -hit.score)
    if not best.document.current:
        return None
    said = _passage(question.clauses, best.document)
    if not said or any(_is_rival(question.clauses, other, best) for other in others):
        return None
    return Quotation(best, mark(said, highlights_for(question, results.reach)))


def plain(words: Marked) -> str:
    """Return marked words as they stand in their document."""
    return html.unescape(_TAGS.sub("", words))


def _passage(clauses: tuple[Clause, ...], document: Document) -> str:
    """Return the first sentence that answers, with those after it as far as there is room."""
    called = f"{document.title} {document.heading}"
    for line in document.body[:LONGEST_BODY].split("\n"):
        starts = [0, *(match.end() for match in _ENDS.finditer(line)), len(line)]
        for start, end in pairwise(starts):
            sentence = line[start:end].strip()
            if len(sentence) > LONGEST_SENTENCE or not _WHOLE.fullmatch(sentence):
                continue
            if _is_answer(clauses, sentence, called):
                more = [stop for stop in starts if end <= stop <= start + LONGEST]
                whole = line[start : max([end, *more])].strip()
                return whole if _WHOLE.fullmatch(whole) else sentence
    return ""


def _is_answer(clauses: tuple[Clause, ...], said: str, called: str) -> bool:
    """Say whether words hold all that was asked for; of many things one may stand in the title."""
    missing = [clause for clause in clauses if not _holds(said, clause)]
    if len(clauses) == 1:
        return not missing and _holds(called, clauses[0])
    if len(clauses) < 4:
        return not missing
    return len(missing) <= 1 and all(_holds(called, clause) for clause in missing)


def _is_rival(clauses: tuple[Clause, ...], hit: Hit, best: Hit) -> bool:
    """Say whether another hit answers as well as the best one."""
    if not hit.document.current:
        return False
    called = f"{plain(hit.title)} {plain(hit.heading)}"
    if len(clauses) == 1:
        if _is_named(best, clauses[0]):
            return _is_named(hit, clauses[0])
        if _holds(called, clauses[0]):
            return True
    told = f"{called} {plain(hit.snippet)}"
    return hit.score >= CLEARLY * best.score and all(_holds(told, clause) for clause in clauses)


def _is_named(hit: Hit, clause: Clause) -> bool:
    """Say whether a document is called exactly that: "Quorum", "Clause II — The quorum"."""
    name = plain_words(hit.document.title.rpartition(" — ")[2])
    weighty = stems(" ".join(word for word in name if word not in SLIGHT_WORDS))
    return any(weighty == stems(term.text) for term in clause if term.weight >= SAME)


def _holds(text: str, clause: Clause) -> bool:
    """Say whether a text holds what was typed; what only means the same is no strong evidence."""
    return any(_has(text, term) for term in clause if term.weight >= SAME)


def _has(text: str, term: Term) -> bool:
    if term.exact:
        words = " ".join(plain_words(term.text))
        return f" {words} " in f" {' '.join(plain_words(text))} "
    return set(stems(term.text)) <= set(stems(text))
