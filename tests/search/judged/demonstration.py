"""The demonstration as a member searches it, loaded in a second: without places, posts and workers.

Rules, facts, vocabulary, course and lessons come from the demonstration's own loader. Its two films
are rows without files; when each of their words is said was found once by the hub's own alignment
of their sound (`manage.py align`) and is kept in words.json, a sentence a line.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from courses.models import CoursePage, LessonPage
from demo.loader import courses, films, library, people, procedures, vocabulary
from library.citations.mentions import find_citations
from library.facts.models import FactCard
from library.facts.sources import FACTS
from library.procedures.models import ProcedurePage
from library.procedures.sources import PROCEDURES
from library.rules.actions.indexing import PROVISIONS
from library.rules.models import Provision
from media_pipeline.actions.captions.versions import keep_cues
from media_pipeline.steps.captions import compose_cues
from media_pipeline.steps.words import Word
from party.models import Member
from search import sources
from search.actions import answers
from search.engines.document import Document
from search.models import VocabularyEntry
from search.views.page import PER_GROUP, PER_KIND
from tests.factories.media_pipeline import CaptionTrackFactory, ReadyFilmFactory
from tests.search.judged.judging import Shown

HERE = Path(__file__).resolve().parent
WORKS = {"sample": "rule", "standing-orders": "standing-order"}


def load() -> None:
    """Load all that can be found, with the demonstration's people who can sign in."""
    people.load_people()
    library.load()
    procedures.load()
    load_films()
    courses.load()
    vocabulary.load()


def words_said() -> dict[str, list[Word]]:
    """Return the words of each film, by its slug, with the seconds at which they are said."""
    kept = json.loads((HERE / "words.json").read_text(encoding="utf-8"))
    return {film: [Word(*word) for word in words] for film, words in kept.items()}


def load_films() -> None:
    """Add the films as they are once a worker has prepared them."""
    author = Member.objects.get(email="author@demo.example")
    said = words_said()
    for told in films.films():
        words = said[told["slug"]]
        film = ReadyFilmFactory(
            title=told["title"],
            language="en",
            script=films.script_of(told),
            duration=words[-1].end + 2,
            uploaded_by=author,
        )
        track = CaptionTrackFactory(film=film, kind="aligned")
        keep_cues(track, compose_cues(words))


class Names:
    """What the things on a page of results are called in the judged questions."""

    def __init__(self) -> None:
        films_by_title = {film["title"]: film["slug"] for film in films.films()}
        self._films = {title: f"film {slug}" for title, slug in films_by_title.items()}
        self._named = {(PROVISIONS, str(p.pk)): _provision(p) for p in _provisions()}
        slugged = {FACTS: FactCard, PROCEDURES: ProcedurePage}
        slugged |= {"lesson": LessonPage, "course": CoursePage}
        for kind, model in slugged.items():
            for key, slug in model.objects.values_list("pk", "slug"):
                self._named[kind, str(key)] = f"{kind} {slug}"
        self._addresses = {
            document.opening_at(document.seconds): self.name(document)
            for source in sources.registered()
            for document in source.documents(list(source.keys()))
        }

    @property
    def all(self) -> set[str]:
        """The names of everything that can be found."""
        return set(self._addresses.values())

    def name(self, document: Document) -> str:
        if document.kind == "film":
            return self._films[document.title]
        return self._named[document.kind, document.key]

    def shown(self, question: str, audience: frozenset[str]) -> tuple[Shown, ...]:
        """Return what the page of results shows for a question, from the top down, each once."""
        found = answers.answer(question, audience=audience, per_kind=PER_KIND, per_group=PER_GROUP)
        pinned = [Shown(self._addresses.get(bet.address, bet.address)) for bet in found.bets]
        cited = [
            Shown(self.name(document))
            for resolved in found.resolved
            for document in (resolved.cited or resolved.meanings or resolved.neighbours)
        ]
        defined = [Shown(f"rule {key}", aside=True) for key in _sources(found.defined)]
        quoted = [found.quoted.hit] if found.quoted else []
        hits = [
            Shown(self.name(hit.document), hit.seconds) for hit in [*quoted, *found.results.hits]
        ]
        return tuple(dict.fromkeys([*pinned, *cited, *defined, *hits]))


def _sources(defined: Iterable[VocabularyEntry]) -> Iterator[str]:
    """Yield the rules that define words; the page links to them."""
    for entry in defined:
        for citation in find_citations(entry.source):
            yield from citation.keys


def _provisions() -> list[Provision]:
    return list(Provision.objects.select_related("edition__work"))


def _provision(provision: Provision) -> str:
    return f"{WORKS[provision.edition.work.slug]} {provision.citation}"
