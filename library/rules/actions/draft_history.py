"""How a draft's tree stood before each change, so that the last change can be undone."""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ground.refusals import Refused
from library.rules.models import Edition, Mend, Provision
from party.models import Member

KEPT = 30  # changes of a draft that can be undone
CONTENT = (  # what a librarian changes; the places follow from it
    "kind",
    "number",
    "heading",
    "text",
    "doubt",
    "page",
    "source_from",
    "source_until",
    "own_audience",
)
DESCENT = ("lineage", "predecessor_id", "descent", "likeness")


def state_of(edition: Edition) -> int:
    """Return the number that names the state a draft's tree is in: its newest mend, or 0."""
    return edition.mends.order_by("-pk").values_list("pk", flat=True).first() or 0


def held_draft(edition_id: int, *, state: int) -> Edition:
    """Return a draft that nobody else changes until the transaction ends.

    Raises Refused where it is published or gone, or somebody has changed it since `state`.
    """
    edition = (
        Edition.objects.select_for_update(of=("self",))
        .select_related("work")
        .filter(pk=edition_id)
        .first()
    )
    if edition is None:
        raise Refused(_("This draft no longer exists, so nothing was changed."))
    if edition.status != Edition.Status.DRAFT:
        raise Refused(
            _(
                "%(edition)s is published, and a published edition stays as it is. Import a new "
                "edition to change its rules."
            )
            % {"edition": edition}
        )
    if state_of(edition) != state:
        raise Refused(
            _(
                "Somebody changed this draft after you opened it, so nothing was done. Below is "
                "the draft as it is now: look at it, then do it again."
            )
        )
    return edition


def remember(
    edition: Edition,
    rows: Iterable[Provision],
    *,
    said: str,
    by: Member | None,
    now: datetime.datetime,
    before: dict[str, Any] | None = None,
) -> Mend:
    """Note how a draft stands, before these rows of it are changed or taken away."""
    kept = before or {"order": order_of(edition.provisions.order_by("position"))}
    kept["rows"] = {str(row.pk): _values(row) for row in rows}
    mend = Mend.objects.create(
        edition=edition, said=Truncator(said).chars(300), before=kept, by=by, made_at=now
    )
    older = edition.mends.order_by("-pk").values_list("pk", flat=True)[KEPT : KEPT + 1]
    edition.mends.filter(pk__in=list(older)).update(before={})
    return mend


def order_of(rows: Iterable[Provision]) -> list[list[int]]:
    """Return rows, given in reading order, as `[pk, depth]`; those on top have depth 0."""
    return [[row.pk, row.path.count("/")] for row in rows]


def called(provision: Provision) -> str:
    """Return how a librarian recognises a provision: by its citation, else by its first words."""
    if provision.number:
        return provision.cited_as
    words = provision.heading or Truncator(provision.text).words(6)
    return words or provision.get_kind_display()


def _values(row: Provision) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in (*CONTENT, *DESCENT)}
    return {name: str(each) if isinstance(each, UUID) else each for name, each in found.items()}
