"""Did you mean: the words of a question as the found documents spell them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from search.engines.question import Clause, Question, Reach, mistakes
from search.engines.results import Hit, Results
from search.engines.text import WORD, distance, plain_words, stems
from search.questions.parsing import unquoted_citations, without
from search.questions.pieces import pieces_of

LONGEST_BODY = 5000  # characters of a document in which words are looked for

# Everyday words one mistake away from others: whoever types them means them.
_EVERYDAY = """
    able about after again also always answer anyone around attend away back before best better both
    bring buy call cannot care case change charge check choose claim clear close come complain cost
    count cover date days deal decide different does done down each early easy else end enough even
    ever every everyone fact fail fair fast feel file fill find first five follow form found four
    free from full give given goes good great group grow hand happen hard have hear help here high
    hold home hour hours idea inside into issue join just keep kept kind know large last late later
    lead learn least leave left less letter life like limit line list live local long look lose lost
    made mail main make many matter meet mind minute miss money month months more most move much
    must name near need never news next nine note nothing offer often once online only open order
    other over page paid part past people phone pick place plan play please point post power press
    price print public quick quit raise rate reach read ready real reason refuse right role room
    rule rules said same save school seat send sent serve seven share short should show side sign
    some somebody someone something soon sort speak spend stand start state stay step still stop
    such sure take talk team tell than thank that their them then there these they thing think this
    those three till time today told took turn type under until upon used user very view visit
    vote wait walk want warn watch ways week weeks well were what when where which while whole
    whose will wish with without word words work worse write wrong year years young your
"""
EVERYDAY = frozenset(_EVERYDAY.split())


def respelt(question: Question, results: Results) -> str:
    """Return the question with its mistyped words put right, or nothing where none is.

    Only words of the results count, so that nothing is suggested that a person may not find. What
    stands between quotation marks, is excluded, cited or known to the vocabulary stays as typed.
    """
    if results.reach < Reach.FORGIVING or not results.hits:
        return ""
    known = {term.text for clause in question.clauses if _is_known(clause) for term in clause}
    spelling = _Spelling.of(results.hits)
    text, position, changed = question.text, 0, []
    for piece in pieces_of(without(text, unquoted_citations(text))):
        typed = piece.term.text
        if piece.excluded or piece.term.exact or typed in known:
            continue
        meant = spelling.meant(typed, unfinished=question.unfinished)
        if meant:
            changed += [text[position : piece.start], _like(typed, meant)]
            position = piece.end
    return "".join([*changed, text[position:]]) if changed else ""


def as_typed(question: Question, meant: str) -> str:
    """Return the question with the words that were put right in `meant` between quotation marks.

    Asked so, they are looked for just as they stand: `meant` is what `respelt` returned.
    """
    text, position, parts = _paired(question.text), 0, []
    for typed, right in zip(pieces_of(text), pieces_of(_paired(meant)), strict=False):
        if typed.term.text != right.term.text and not typed.term.exact:
            parts += [text[position : typed.start], f'"{text[typed.start : typed.end]}"']
            position = typed.end
    return "".join([*parts, text[position:]])


def _paired(text: str) -> str:
    """Return a text without the quotation mark that was left open."""
    before, mark, after = text.rpartition('"')
    return f"{before} {after}" if mark and text.count('"') % 2 else text


def _is_known(clause: Clause) -> bool:
    return any(term.weight != 1.0 for term in clause)


@dataclass
class _Spelling:
    """The words of what was found: how often each occurs, and how it is written."""

    times: Counter[str] = field(default_factory=Counter)
    written: dict[str, str] = field(default_factory=dict)
    stems: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, hits: Iterable[Hit]) -> "_Spelling":
        found = cls()
        for document in (hit.document for hit in hits):
            text = f"{document.title} {document.heading} {document.body[:LONGEST_BODY]}"
            for word in WORD.findall(text):
                for plain, stem in zip(plain_words(word), stems(word), strict=True):
                    found.times[plain] += 1
                    found.stems.add(stem)
                    found.written.setdefault(plain, word.lower())
        return found

    def meant(self, typed: str, *, unfinished: str) -> str:
        """Return the word that was meant by one that does not occur; nothing where none is near."""
        words = plain_words(typed)
        most = mistakes(words[0]) if len(words) == 1 else 0
        if (
            not most
            or words[0] in EVERYDAY
            or words[0] in self.times
            or self.stems.intersection(stems(typed))
        ):
            return ""
        if words[0] == unfinished and any(each.startswith(words[0]) for each in self.times):
            return ""
        near = [
            (far, -times, word)
            for word, times in self.times.items()
            if _may_be_near(words[0], word, most)
            and (far := distance(words[0], word, most)) <= most
        ]
        return self.written[min(near)[2]] if near else ""


def _may_be_near(word: str, other: str, most: int) -> bool:
    """Say whether it is worth counting the mistakes: few words are near any other."""
    if not other.isalpha() or abs(len(word) - len(other)) > most:
        return False
    return len(set(word) ^ set(other)) <= 2 * most


def _like(typed: str, meant: str) -> str:
    """Return a word with the capitals of the one it takes the place of."""
    if typed.isupper():
        return meant.upper()
    return meant.capitalize() if typed[:1].isupper() else meant
