"""Provisions as the tree they were read from, for whoever takes an edition away."""

from collections.abc import Sequence

from library.rules.models.provisions import Provision
from library.rules.models.works import Edition
from library.rules.rulebooks.tree import Node
from party.permissions import Person


def outline(edition: Edition, user: Person, below: Provision | None = None) -> list[Node]:
    """Return what a person may read of an edition, or of one provision with all below it.

    One query. What stands below something they may not read is not for them either.
    """
    found = edition.provisions.visible_to(user).order_by("position")
    if below:
        found = found.filter(position__gte=below.position, position__lt=below.end)
    return nodes(list(found))


def nodes(provisions: Sequence[Provision]) -> list[Node]:
    """Hang provisions, given in reading order, below one another as plain nodes."""
    made: dict[int, Node] = {}
    tops: list[Node] = []
    begin = provisions[0].parent_id if provisions else None
    for provision in provisions:
        node = Node(
            provision.kind,  # type: ignore[arg-type]  # the same words, tested
            provision.number,
            provision.heading,
            provision.text,
            page=provision.page,
        )
        above = made.get(provision.parent_id or 0)
        if above is not None:
            above.children.append(node)
        elif provision.parent_id in (None, begin):
            tops.append(node)
        else:
            continue
        made[provision.pk] = node
    return tops
