"""The contents of an edition beside its text, and what comes before and after a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from library.rules.models import Edition, Provision

SHOWN = (
    "edition",
    "kind",
    "number",
    "heading",
    "position",
    "end",
    "path",
    "citation",
    "cited_as",
    "lineage",
    "audience",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter or clause in the contents, how deep it stands, and where it is read."""

    provision: Provision
    depth: int
    url: str
    last_step: bool  # no page stands below it

    @property
    def name(self) -> str:
        """What the contents call it: a chapter by its whole citation, a clause by its own name."""
        called = " ".join(filter(None, [self.provision.label, self.provision.heading]))
        return called if self.depth and called else str(self.provision)


class Contents:
    """The pages of an edition that a person may read, in the order of the book; one query."""

    def __init__(self, edition: Edition, tokens: Iterable[str], home: str) -> None:
        readable = edition.provisions.readable_by(tokens).order_by("position")
        pages = readable.filter(Q(parent=None) | Q(kind__in=Provision.DIVISIONS))
        found = list(pages.only(*SHOWN))
        following = [each.position for each in found[1:]] + [float("inf")]
        self.entries = [
            Entry(each, each.path.count("/"), f"{home}{each.path}/", each.end <= after)
            for each, after in zip(found, following, strict=True)
        ]

    def opened_at(self, page: Provision) -> list[Entry]:
        """Return what is on top, and all pages of the chapter that holds this one."""
        return [
            entry for entry in self.entries if not entry.depth or entry.provision.top == page.top
        ]

    def above(self, page: Provision) -> list[Entry]:
        """Return what a page stands in, the highest first."""
        return [each for each in self.entries if page.path.startswith(f"{each.provision.path}/")]

    def below(self, page: Provision) -> list[Entry]:
        """Return the pages within a page."""
        prefix = f"{page.path}/"
        return [each for each in self.entries if each.provision.path.startswith(prefix)]

    def beside(self, page: Provision) -> tuple[Entry | None, Entry | None]:
        """Return the pages before and after: clause by clause, or chapter by chapter."""
        row = self._row(page)
        place = next(i for i, each in enumerate(row) if each.provision.pk == page.pk)
        before = row[place - 1] if place else None
        return before, row[place + 1] if place + 1 < len(row) else None

    def _row(self, page: Provision) -> list[Entry]:
        depth = page.path.count("/")
        if depth and not self.below(page):
            return [each for each in self.entries if each.last_step]
        return [each for each in self.entries if each.depth == depth]
