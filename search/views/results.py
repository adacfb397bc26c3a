"""No view: from an answer to the parts of the page that shows it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from search import sources
from search.actions.answers import SearchAnswer
from search.citations import grammar
from search.engines.document import Document
from search.engines.results import Hit, Results
from search.forms import LAST_PAGE, SearchParameters
from search.models import VocabularyEntry
from search.views.facets import group_label

OPENING = 900  # characters of a cited text that stand open; the rest is folded away
MOST_WHOLE = 10  # cited texts shown whole; of a longer range only the titles

Label = str | Promise


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a cited text, and how far it is set in: 0 for the outermost of the text."""

    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class CitedText:
    """What was cited: its text as far as it stands open, and what is folded away."""

    document: Document
    opening: Sequence[TextLine]
    rest: Sequence[TextLine] = ()


@dataclass(frozen=True, slots=True)
class CitationAnswer:
    """What a citation leads to: what it names; else what it may mean; else what comes near."""

    typed: str
    cited: list[CitedText]
    further: Sequence[Document]
    meanings: Sequence[Document]
    neighbours: Sequence[Document]


@dataclass(frozen=True, slots=True)
class Definition:
    """A word explained, with where it is defined and, if that is cited, where that is found."""

    entry: VocabularyEntry
    url: str


@dataclass(frozen=True, slots=True)
class AboveResults:
    """What stands above the results. `documents` of it are not shown again below."""

    bets: Sequence[Any] = ()
    citations: Sequence[CitationAnswer] = ()
    defined: Sequence[Definition] = ()
    quoted: Any = None
    documents: frozenset[tuple[str, str]] = frozenset()

    @property
    def links(self) -> int:
        """How many answers it holds that one can open."""
        return len(self.bets) + len(self.documents)


NOTHING_ABOVE = AboveResults()


def above(answer: SearchAnswer) -> AboveResults:
    """Return what stands above the results of an answer."""
    cited = [document for resolved in answer.resolved for document in resolved.cited]
    return AboveResults(
        bets=answer.bets,
        citations=[
            CitationAnswer(
                typed=resolved.reference.typed,
                cited=[_opened(document) for document in resolved.cited[:MOST_WHOLE]],
                further=resolved.cited[MOST_WHOLE:],
                meanings=resolved.meanings,
                neighbours=resolved.neighbours,
            )
            for resolved in answer.resolved
        ],
        defined=[Definition(entry, _where(entry.source)) for entry in answer.defined],
        quoted=answer.quoted,
        documents=frozenset((document.kind, document.id) for document in cited),
    )


def _opened(document: Document) -> CitedText:
    """Return a cited text in two pieces, the second empty where the whole is short."""
    lines = _lines(document.body)
    length, count = 0, 0
    while count < len(lines) and length + len(lines[count].text) <= OPENING:
        length += len(lines[count].text)
        count += 1
    if sum(len(line.text) for line in lines[count:]) <= OPENING // 3:
        count = len(lines)
    if lines and not count:  # one long line: it is parted between words
        first = lines[0].text
        cut = first.rfind(" ", 0, OPENING) if " " in first[:OPENING] else OPENING
        lines = [TextLine(first[:cut]), TextLine(first[cut:].strip()), *lines[1:]]
        count = 1
    return CitedText(document, lines[:count], lines[count:])


def _lines(body: str) -> list[TextLine]:
    """Return the lines of a cited text, each set in by one step more than what it belongs to."""
    texts = [text.strip() for text in body.splitlines() if text.strip()]
    levels = [grammar().depth(text) for text in texts]
    steps = sorted(set(levels))
    return [TextLine(text, steps.index(level)) for text, level in zip(texts, levels, strict=True)]


def _where(source: str) -> str:
    """Return the address at which is found what a source cites; "" where it cites nothing."""
    cites = any(mention.keys for mention in grammar().mentions(source))
    return SearchParameters(q=source).url if cites else ""


@dataclass(frozen=True, slots=True)
class HitEntry:
    """A hit, what one of its kind is called, and where all of its group are if there are more."""

    hit: Hit
    label: Label
    group_url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Hits below one heading, of which `name` is the id.

    `all_url` leads to the others of the `count`, if there are any.
    """

    name: str
    label: Label
    hits: list[HitEntry] = field(default_factory=list)
    count: int = 0
    all_url: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page of how many this is, and the addresses before and after it."""

    number: int
    count: int
    previous: str = ""
    following: str = ""


def sections(
    asked: SearchParameters, results: Results, above: frozenset[tuple[str, str]] = frozenset()
) -> list[Section]:
    """Return the hits under their headings: one for each kind, or one list where it is narrowed.

    What stands above already, as kind and id, is left out.
    """
    hits = [hit for hit in results.hits if (hit.document.kind, hit.document.id) not in above]
    if not asked.is_overview:
        label = _list_label(asked, results)
        return [Section("found", label, [_shown(hit, asked) for hit in hits])] if hits else []
    found = []
    for kind, of_kind in groupby(hits, key=lambda hit: hit.document.kind):
        if source := sources.of_kind(kind):
            shown = [_shown(hit, asked) for hit in of_kind]
            count = results.counts.get(kind, 0)
            left = count - len(shown) - sum(known == kind for known, _id in above)
            url = asked.but(kind=kind).url if left > 0 else ""
            found.append(Section(f"kind-{kind}", source.label, shown, count, url))
    return found


def _list_label(asked: SearchParameters, results: Results) -> Label:
    if asked.group:
        return _("In %(part)s") % {"part": group_label(asked, results)}
    source = sources.of_kind(asked.kind)
    return source.label if source else _("Results")


def _shown(hit: Hit, asked: SearchParameters) -> HitEntry:
    source = sources.of_kind(hit.document.kind)
    label = (source.label_one or source.label) if source else hit.document.kind
    group = hit.document.group if hit.more and not asked.group else ""
    return HitEntry(hit, label, asked.but(group=group).url if group else "")


def pages(asked: SearchParameters, results: Results, per_page: int) -> Pages:
    """Return where in a list page by page this is; the overview is one page."""
    if asked.is_overview:
        return Pages(1, 1)
    count = max(1, min(LAST_PAGE, math.ceil(results.total / per_page)))
    return Pages(
        number=asked.page,
        count=count,
        previous=asked.but(page=asked.page - 1).url if asked.page > 1 else "",
        following=asked.but(page=asked.page + 1).url if asked.page < count else "",
    )
