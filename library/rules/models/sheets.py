"""An edition as its mending page shows it: a chapter's provisions beside their source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Min
from django.utils.translation import gettext as _

from library.rules.models.imports import RulesImport
from library.rules.models.provisions import Provision
from library.rules.models.works import Edition

DEEPEST = 8  # levels by which a row is moved in; deeper ones stand there too
LARGEST = 200  # provisions on a page; a longer chapter has several
MOST_BLOCKS = 800  # of the source beside them


@dataclass
class Sheet:
    """A chapter, or a stretch of a long one: the positions from `first` until `last`, excluded."""

    number: int
    title: str
    first: int
    last: int
    doubts: int = 0


@dataclass
class SourceBlock:
    """A block of the source, the provision that was made of it, or why it was left out."""

    index: int
    text: str
    line: int
    page: int | None
    starts_page: bool
    provision: Provision | None = None
    reason: str = ""


@dataclass
class LeftOutText:
    """A text that was left out, and the provision of the sheet that it stood behind."""

    index: int
    text: str
    reason: str
    line: int
    page: int | None
    behind: Provision
    block: int | None = None


@dataclass
class MendingPage:
    """What the page shows: one sheet of all, and the doubts of the whole edition in order."""

    sheets: list[Sheet]
    sheet: Sheet
    rows: list[Provision]
    doubts: list[Provision]
    chosen: Provision | None = None
    blocks: list[SourceBlock] = field(default_factory=list)
    left_out: list[LeftOutText] = field(default_factory=list)

    @property
    def before(self) -> Sheet | None:
        return self.sheets[self.sheet.number - 2] if self.sheet.number > 1 else None

    @property
    def after(self) -> Sheet | None:
        return self.sheets[self.sheet.number] if self.sheet.number < len(self.sheets) else None

    @property
    def next_doubt(self) -> Provision | None:
        """The doubt after the chosen provision, or else the sheet's first."""
        here = self.chosen.position if self.chosen else self.sheet.first - 1
        return next((doubt for doubt in self.doubts if doubt.position > here), None)

    @property
    def previous_doubt(self) -> Provision | None:
        here = self.chosen.position if self.chosen else self.sheet.first
        return next((doubt for doubt in self.doubts[::-1] if doubt.position < here), None)


def mending_page(
    edition: Edition, given: RulesImport | None, *, number: int = 1, at: int | None = None
) -> MendingPage | None:
    """Return one sheet of an edition: that of the provision `at`, or the one of this number.

    None for an edition without provisions. Six queries, however long the edition is.
    """
    doubts = list(
        edition.provisions.exclude(doubt="")
        .order_by("position")
        .only("pk", "edition_id", "position", "kind", "number", "heading", "cited_as", "doubt")
    )
    sheets = _sheets(edition, [doubt.position for doubt in doubts])
    if not sheets:
        return None
    position = edition.provisions.filter(pk=at or 0).values_list("position", flat=True).first()
    sheet = sheets[min(max(number, 1), len(sheets)) - 1]
    if position is not None:
        sheet = next(sheet for sheet in sheets if sheet.first <= position < sheet.last)
    rows = list(
        edition.provisions.filter(position__gte=sheet.first, position__lt=sheet.last).order_by(
            "position"
        )
    )
    for row in rows:
        row.depth = min(row.path.count("/"), DEEPEST)
    chosen = next((row for row in rows if row.pk == at), None)
    page = MendingPage(sheets, sheet, rows, doubts, chosen)
    if given:
        _put_source_beside(page, edition, given)
    return page


def _sheets(edition: Edition, doubts: Sequence[int]) -> list[Sheet]:
    sheets: list[Sheet] = []
    for top in edition.provisions.filter(parent=None).order_by("position"):
        parts = range(top.position, top.end, LARGEST)
        for part, first in enumerate(parts, start=1):
            title = str(top)
            if len(parts) > 1:
                title = _("%(chapter)s (%(part)d of %(parts)d)") % {
                    "chapter": title,
                    "part": part,
                    "parts": len(parts),
                }
            last = min(first + LARGEST, top.end)
            count = sum(first <= doubt < last for doubt in doubts)
            sheets.append(Sheet(len(sheets) + 1, title, first, last, count))
    return sheets


def _put_source_beside(page: MendingPage, edition: Edition, given: RulesImport) -> None:
    first, last = _range(page, edition, len(given.source))
    made = _made_of(page.rows)
    reasons = {(left["line"], left.get("page")): left["reason"] for left in given.left_out}
    shown_page = None
    for index in range(first, last):
        block = given.source[index]
        place = (block.get("line") or 0, block.get("page"))
        found = SourceBlock(index, block["text"], *place, starts_page=place[1] != shown_page)
        found.provision = made.get(index)
        if found.provision is None:
            found.reason = reasons.get(place, "")
        shown_page = place[1]
        page.blocks.append(found)
    page.left_out = list(_left_out(page, given))


def _range(page: MendingPage, edition: Edition, count: int) -> tuple[int, int]:
    """Return from and until which block the source belongs to the sheet."""
    starts = [row.source_from for row in page.rows if row.source_from is not None]
    ends = [row.source_until for row in page.rows if row.source_until is not None]
    first = 0 if page.sheet.number == 1 else min(starts, default=count)
    later = edition.provisions.filter(position__gte=page.sheet.last)
    following = later.aggregate(first=Min("source_from"))["first"]
    last = max([following if following is not None else count, *ends])
    return first, min(last, first + MOST_BLOCKS, count)


def _made_of(rows: Iterable[Provision]) -> dict[int, Provision]:
    """Return which provision was made of each block; of two, the one that stands lower."""
    found: dict[int, Provision] = {}
    for row in rows:
        if row.source_from is not None:
            until = row.source_until or row.source_from + 1
            found |= dict.fromkeys(range(row.source_from, until), row)
    return found


def _left_out(page: MendingPage, given: RulesImport) -> Iterable[LeftOutText]:
    """Yield what was left out of the sheet's stretch, and all that has no place in the source."""
    shown = {(block.line, block.page): block.index for block in page.blocks}
    known = {(block.get("line") or 0, block.get("page")) for block in given.source}
    for index, left in enumerate(given.left_out):
        place = (left["line"], left.get("page"))
        if place not in shown and place in known:
            continue
        block = shown.get(place)
        behind = page.rows[0]
        for row in page.rows:
            if block is not None and row.source_from is not None and row.source_from <= block:
                behind = row
        text, reason = left["text"], left["reason"]
        yield LeftOutText(index, text, reason, *place, behind=page.chosen or behind, block=block)
