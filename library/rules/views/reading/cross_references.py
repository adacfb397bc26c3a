"""What leads out of a page's text and into it: references, defined words, and what cites it."""

import html
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe

from library.rules.models import CitingText, CrossReference, DefinedTerm, Edition, Provision
from library.rules.rulebooks.terms import DefinedWords
from party.permissions import Person

Mark = tuple[int, int, SafeString]  # from and until a character, and what is put there
MOST_CITERS = 20  # shown of one provision


def escape(text: str) -> SafeString:
    """Return a text as HTML; Django's own does more for each call than this for a line."""
    return SafeString(html.escape(text))


class Citer(NamedTuple):
    """What refers to a provision: another one, or a lesson, a procedure, a fact."""

    name: str
    url: str


class Meaning(NamedTuple):
    """A defined word, what it means, and where that is said."""

    pk: int
    term: str
    meaning: str
    url: str


def references(
    provisions: Sequence[Provision], edition: Edition, tokens: Iterable[str], home: str
) -> dict[int, list[Mark]]:
    """Return the references in each text as links, by pk; two queries.

    They lead to the same edition where it has the target, else to the one in force.
    """
    found = list(
        CrossReference.objects.filter(
            provision__edition=edition,
            provision__position__gte=provisions[0].position,
            provision__position__lt=provisions[0].end,
        )
        .order_by("start")
        .values_list("provision_id", "start", "end", "lineage")
    )
    urls = _addresses({lineage for *_place, lineage in found}, edition, tokens, home)
    texts = {provision.pk: provision.text for provision in provisions}
    marks = defaultdict(list)
    for pk, start, end, lineage in found:
        if (url := urls.get(lineage)) and (text := texts.get(pk)):
            words = escape(text[start:end])
            link = mark_safe(f'<a href="{escape(url)}">{words}</a>')  # noqa: S308  # escaped
            marks[pk].append((start, end, link))
    return marks


def _addresses(
    lineages: set[UUID], edition: Edition, tokens: Iterable[str], home: str
) -> Mapping[UUID, str]:
    targets = (
        Provision.objects.filter(lineage__in=lineages)
        .filter(Q(edition=edition) | Q(edition__in=Edition.objects.current()))
        .readable_by(tokens)
        .select_related("edition__work")
        .defer("text")
    )
    urls: dict[UUID, str] = {}
    for target in sorted(targets, key=lambda each: each.edition_id == edition.pk):
        here = target.edition_id == edition.pk
        urls[target.lineage] = target.read_below(home) if here else target.get_absolute_url()
    return urls


class Words:
    """The words to which an edition gives a meaning, explained where they are used; one query."""

    def __init__(self, edition: Edition, tokens: Iterable[str], home: str) -> None:
        readable = Q(provision__audience__in=list(tokens))
        self.terms = {
            each.term: each
            for each in DefinedTerm.objects.filter(readable, edition=edition).select_related(
                "provision"
            )
        }
        self.vocabulary = DefinedWords(self.terms)
        self.home = home
        self._used: set[str] = set()
        self._urls: dict[int, str] = {}

    def marks(self, provision: Provision, taken: Iterable[Mark]) -> list[Mark]:
        """Return the first use of each defined word in a text, where nothing else is marked."""
        spans = [(start, end) for start, end, _html in taken]
        return [
            (use.start, use.end, self._link(self.terms[use.term], provision, use.start, use.end))
            for use in self.vocabulary.uses(provision.text, taken=spans)
            if self.terms[use.term].provision_id != provision.pk
        ]

    def used(self) -> list[Meaning]:
        """Return the words that were marked so far, from A to Z."""
        return self._meanings(self._used)

    def all(self) -> list[Meaning]:
        """Return every defined word, from A to Z."""
        return self._meanings(self.terms)

    def _meanings(self, terms: Iterable[str]) -> list[Meaning]:
        return [
            Meaning(each.pk, each.term, each.meaning, each.provision.read_below(self.home))
            for each in sorted((self.terms[term] for term in terms), key=_from_a_to_z)
        ]

    def _link(self, term: DefinedTerm, provision: Provision, start: int, end: int) -> SafeString:
        self._used.add(term.term)
        place = f'href="{escape(self._url(term))}" aria-describedby="term-{term.pk}"'
        words = escape(provision.text[start:end])
        return mark_safe(f'<a class="term" {place}>{words}</a>')  # noqa: S308  # escaped

    def _url(self, term: DefinedTerm) -> str:
        """Return where a term is defined; asked many times, put together once."""
        if term.pk not in self._urls:
            self._urls[term.pk] = term.provision.read_below(self.home)
        return self._urls[term.pk]


def citers(
    provisions: Sequence[Provision],
    edition: Edition,
    tokens: Iterable[str],
    home: str,
    user: Person,
) -> dict[int, list[Citer]]:
    """Return what refers to each provision, by pk; four queries.

    These are the other provisions of the same edition and of the other works in force, and what the
    citation registry knows.
    """
    by_lineage = {provision.lineage: provision.pk for provision in provisions}
    found: dict[int, dict[str, Citer]] = defaultdict(dict)
    for lineage, source in _referring(by_lineage, edition, tokens):
        url, name = source.read_below(home), source.cited_as or str(source)
        if source.edition_id != edition.pk:
            url, name = source.get_absolute_url(), f"{source.edition.work}: {name}"
        if source.pk != by_lineage[lineage]:
            found[by_lineage[lineage]][url] = Citer(name, url)
    for citing in CitingText.objects.of(by_lineage).open_to(user):
        if citing.lineage:
            found[by_lineage[citing.lineage]][citing.url] = Citer(citing.title, citing.url)
    return {pk: list(each.values()) for pk, each in found.items()}


def _referring(
    lineages: Iterable[UUID], edition: Edition, tokens: Iterable[str]
) -> list[tuple[UUID, Provision]]:
    """Return what refers to each lineage, the first of them in the order of their books."""
    others = Edition.objects.current().exclude(work=edition.work_id)
    open_to, referring = list(tokens), CrossReference.objects.filter(work=edition.work_id)
    pairs = (
        referring.filter(lineage__in=list(lineages))
        .filter(Q(provision__edition=edition) | Q(provision__edition__in=others))
        .filter(provision__audience__in=open_to, provision__edition__work__audience__in=open_to)
        .order_by("provision__edition", "provision__position")
        .values_list("lineage", "provision_id")
    )
    first: dict[UUID, dict[int, None]] = defaultdict(dict)
    for lineage, pk in pairs:
        if len(first[lineage]) < MOST_CITERS:
            first[lineage][pk] = None
    wanted = {pk for found in first.values() for pk in found}
    sources = Provision.objects.select_related("edition__work").defer("text").in_bulk(wanted)
    return [(lineage, sources[pk]) for lineage, found in first.items() for pk in found]


def _from_a_to_z(term: DefinedTerm) -> str:
    return term.term.casefold()
