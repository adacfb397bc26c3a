"""Marked words and short passages: what a hit shows of its document."""

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from search.engines import text as words

PASSAGE_LENGTH = 260  # characters; about three lines on a phone
MOST_APOSTROPHES = 2  # in a word: "members'll've"
LONGEST_BODY = 30_000  # characters looked at; sources cut longer texts into passages
# A full stop, question or exclamation mark with what closes after it; or the end of a line.
_SENTENCE_END = re.compile(r"(?:[.!?…][\"'”’)\]]*(?=\s))|\n+")
_LIST_NUMBER = re.compile(r"[A-Za-z]|[ivxlIVXL]+|\d{1,3}")
_IRREGULAR = {"die": "d", "lie": "l", "tie": "t"}  # dying, lying, tying
_TO_ESCAPE = re.compile("[&<>\"']")
_ACCENTED = re.compile(r"[À-ɏḀ-ỿ\u0300-\u036f]")


class Marked(str):
    """Safe HTML: escaped text in which only `<mark>` is markup. Templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> "Marked":
        return self


class Span(NamedTuple):
    start: int
    end: int


@dataclass(frozen=True)
class Highlights:
    """The words to mark: by stem, in exactly this form, by how they begin, and mistyped.

    `fuzzy` holds words with the number of typing mistakes that are forgiven in each; `phrases` the
    stems of words that are marked only where they stand side by side in that order.
    """

    stems: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    prefix: str = ""
    fuzzy: frozenset[tuple[str, int]] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()

    def reason(self, word: str) -> str:
        """Return which wanted word this word answers to, or nothing."""
        if (known := self._reasons.get(word)) is None:
            known = self._reasons[word] = self._reason(word)
        return known

    def among(self, said: set[str]) -> set[str]:
        """Return those of many words that answer; quicker than to ask for the reason of each."""
        left = said - self._dull
        least, most = self._lengths
        answering = {
            word
            for word in left
            if (least <= len(word) <= most or word.startswith(self.openings)) and self.reason(word)
        }
        self._dull.update(left - answering)
        return answering

    def _reason(self, word: str) -> str:
        for plain, stem, letters in _forms(word):
            if stem in self.stems:
                return stem
            if plain in self.exact:
                return plain
            if self.prefix and plain.startswith(self.prefix):
                return self.prefix
            length = len(plain)
            for meant, most, long, others in self._mistypable:
                # Each mistake changes two letters at most; this spares nearly all the counting.
                if (
                    -most <= length - long <= most
                    and (letters ^ others).bit_count() <= 2 * most
                    and words.distance(plain, meant, most) <= most
                ):
                    return meant
        return ""

    @cached_property
    def _mistypable(self) -> list[tuple[str, int, int, int]]:
        return [(meant, most, len(meant), _letters(meant)) for meant, most in sorted(self.fuzzy)]

    @cached_property
    def _lengths(self) -> tuple[int, int]:
        """Return between which lengths a mistyped word may be, apostrophes included."""
        least = min((long - most for _meant, most, long, _bits in self._mistypable), default=0)
        most = max((long + most for _meant, most, long, _bits in self._mistypable), default=0)
        return least, most + MOST_APOSTROPHES

    @cached_property
    def _reasons(self) -> dict[str, str]:
        return {}

    @cached_property
    def _dull(self) -> set[str]:
        return set()

    @cached_property
    def openings(self) -> tuple[str, ...]:
        """How a word that answers may begin; a few more do.

        A stem's last letter may be another than the word's: happy and happi, hoping and hope.
        """
        openings = set(map(_opening, self.stems))
        return tuple(sorted(openings | self.exact | ({self.prefix} - {""})))


def _opening(stem: str) -> str:
    return _IRREGULAR.get(stem, stem[: max(2, len(stem) - 1)])


def _letters(word: str) -> int:
    """Return one bit for each letter that a word has, whatever their order."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


@lru_cache(maxsize=65536)
def _forms(word: str) -> tuple[tuple[str, str, int], ...]:
    """Return the plain words of a word, usually one, each with its stem and its letters."""
    plain = words.plain_words(word)
    return tuple(zip(plain, words.stems(word), map(_letters, plain), strict=True))


def mark(text: str, wanted: Highlights) -> Marked:
    """Return the whole text as safe HTML with the wanted words marked."""
    return _render(text, Span(0, len(text)), _places(text, wanted))


def passage(body: str, wanted: Highlights, length: int = PASSAGE_LENGTH) -> tuple[Marked, int]:
    """Return the part of a body that says most about what was asked, in safe HTML.

    Whole sentences where they fit into `length` characters, else cut between words and so shown
    by an ellipsis. Without any wanted word it is how the body begins. With it comes the character
    of the body at which its first marked word stands, or else at which it begins itself.
    """
    body = body[:LONGEST_BODY]
    places = _places(body, wanted)
    sentences = _sentences(body, _region(body, places, length), length)
    if not sentences:
        return Marked(""), 0
    best = _window(sentences, places, length)
    if best.end - best.start > length:
        best = _cut(body, best, places, length)
    opening = "" if any(best.start == sentence.start for sentence in sentences) else "… "
    closing = "" if any(best.end == sentence.end for sentence in sentences) else " …"
    first = next((p.start for p in places if best.start <= p.start and p.end <= best.end), None)
    character = best.start if first is None else first
    return Marked(opening + _render(body, best, places) + closing), character


class _Place(NamedTuple):
    start: int
    end: int
    reason: str


def _places(text: str, wanted: Highlights) -> list[_Place]:
    """Return where the wanted words stand, in their order."""
    places = [
        _Place(*match.span(), reason)
        for match in _candidates(text, wanted)
        if (reason := wanted.reason(match.group()))
    ]
    if not wanted.phrases:
        return places
    phrases = {place.start: place for place in _places_of_phrases(text, wanted)}
    found = phrases | {place.start: place for place in places}
    return [found[start] for start in sorted(found)]


def _places_of_phrases(text: str, wanted: Highlights) -> Iterator[_Place]:
    """Yield each word of the wanted phrases; all words of one are one reason."""
    lowered = text.lower()
    plain = text.isascii() or not _ACCENTED.search(text)
    likely = [
        phrase
        for phrase in sorted(wanted.phrases)
        if not plain or all(_opening(stem) in lowered for stem in phrase)
    ]
    if not likely:
        return
    said = [
        (match, stem)
        for match in words.WORD.finditer(text)
        for _plain, stem, _bits in _forms(match.group())
    ]
    stems = [stem for _match, stem in said]
    for phrase in likely:
        for at in range(len(said) - len(phrase) + 1):
            if stems[at] == phrase[0] and tuple(stems[at : at + len(phrase)]) == phrase:
                for match, _stem in said[at : at + len(phrase)]:
                    yield _Place(match.start(), match.end(), " ".join(phrase))


def _candidates(text: str, wanted: Highlights) -> Iterable[re.Match[str]]:
    lowered = text.lower()
    if len(lowered) != len(text) or (not text.isascii() and _ACCENTED.search(text)):
        return words.WORD.finditer(text)
    openings: Iterable[str] = wanted.openings
    if wanted.fuzzy:
        openings = wanted.among(set(words.WORD.findall(lowered)))
    starts: set[int] = set()
    for opening in openings:
        position = lowered.find(opening)
        while position >= 0:
            if not _inside_word(lowered, position):
                starts.add(position)
            position = lowered.find(opening, position + 1)
    return [match for start in sorted(starts) if (match := words.WORD.match(text, start))]


def _inside_word(text: str, position: int) -> bool:
    before = text[position - 1] if position else " "
    if before in "'’" and position > 1:
        before = text[position - 2]
    return before.isalnum()


def _region(body: str, places: list[_Place], length: int) -> Span:
    """Return the neighbourhood of the densest `length` characters, to look for sentences in."""
    if len(body) <= 3 * length:
        return Span(0, len(body))
    best = _densest(places, length)
    start = max(0, best - 3 * length)
    end = min(len(body), best + 4 * length)
    if start and (space := body.find(" ", start, best)) >= 0:
        start = space + 1
    if end < len(body) and (space := body.rfind(" ", best, end)) >= 0:
        end = space
    return Span(start, end)


def _densest(places: list[_Place], length: int) -> int:
    """Return where the `length` characters with the most different wanted words begin."""
    best, best_value = 0, (-1, -1)
    inside: Counter[str] = Counter()
    last = 0
    for number, place in enumerate(places):
        while last < len(places) and places[last].start < place.start + length:
            inside[places[last].reason] += 1
            last += 1
        value = (len(inside), last - number)
        if value > best_value:
            best, best_value = place.start, value
        inside[place.reason] -= 1
        if not inside[place.reason]:
            del inside[place.reason]
    return best


def _sentences(body: str, region: Span, length: int) -> list[Span]:
    """Return the sentences of a region; one that is shown whole is taken as a single one."""
    spans, start = [], region.start
    ends = _SENTENCE_END.finditer(body, *region) if region.end - region.start > length else ()
    for match in ends:
        # "3. Quorum" and "A. The branch": a number of a list ends no sentence.
        if match.group().startswith(".") and _is_list_number(body[start : match.start()]):
            continue
        spans.append(_trim(body, start, match.end()))
        start = match.end()
    spans.append(_trim(body, start, region.end))
    return [span for span in spans if span.end > span.start]


def _is_list_number(piece: str) -> bool:
    parts = [match.group() for match in words.WORD.finditer(piece[:30])]
    return len(piece) <= 30 and bool(parts) and all(map(_LIST_NUMBER.fullmatch, parts))


def _trim(body: str, start: int, end: int) -> Span:
    piece = body[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _window(sentences: list[Span], places: list[_Place], length: int) -> Span:
    """Return the run of whole sentences within `length` with the most different wanted words."""
    best, best_value = sentences[0], (-1, -1)
    for first, opening in enumerate(sentences):
        last = first
        while last + 1 < len(sentences) and sentences[last + 1].end - opening.start <= length:
            last += 1
        span = Span(opening.start, sentences[last].end)
        value = _value(span, places)
        if value > best_value:
            best, best_value = span, value
    return best


def _value(span: Span, places: list[_Place]) -> tuple[int, int]:
    first, last = bisect_left(places, (span.start,)), bisect_left(places, (span.end,))
    return len({place.reason for place in places[first:last]}), last - first


def _cut(body: str, span: Span, places: list[_Place], length: int) -> Span:
    """Return the best `length` characters of one long sentence, from and to a word's edge."""
    starts = [place.start for place in places if span.start <= place.start < span.end]
    best, best_value = Span(span.start, span.start + length), (-1, -1)
    for place in starts or [span.start]:
        start = max(span.start, place - length // 4)
        end = min(span.end, start + length)
        start = max(span.start, min(start, end - length))
        value = _value(Span(start, end), places)
        if value > best_value:
            best, best_value = Span(start, end), value
    return _to_words(body, span, best)


def _to_words(body: str, sentence: Span, cut: Span) -> Span:
    start, end = cut
    if start > sentence.start and (space := body.find(" ", start, end)) >= 0:
        start = space + 1
    if end < sentence.end and (space := body.rfind(" ", start, end)) > start:
        end = space
    return _trim(body, start, end)


def _render(text: str, span: Span, places: list[_Place]) -> Marked:
    parts, position = [], span.start
    for start, end, _reason in places[bisect_left(places, (span.start,)) :]:
        if end > span.end:
            break
        parts += [text[position:start], text[start:end]]
        position = end
    parts.append(text[position : span.end])
    if _TO_ESCAPE.search(text, span.start, span.end):
        parts = [html.escape(part) for part in parts]
    parts[1::2] = [f"<mark>{word}</mark>" for word in parts[1::2]]
    return Marked("".join(parts))
