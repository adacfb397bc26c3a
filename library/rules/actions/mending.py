"""What a librarian may change in a draft's tree. Each change can be undone, the last one first.

`state` says which state of the draft the person saw (`state_of`): where somebody has changed the
draft since, or the tree does not allow the change, Refused is raised and nothing is written. No
change lets more people read a text than before: only `restrict_provision` does.
"""

import datetime
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from library.rules.actions.draft_history import held_draft, order_of, remember
from library.rules.actions.draft_tree import Workbench
from library.rules.models import Edition, Provision
from library.rules.rulebooks import mending
from library.rules.rulebooks.mending import CannotMend
from library.rules.rulebooks.tree import Kind, Node
from party.models import Member

Change = Callable[[Workbench, Node], str]


def promote_provision(
    provision: Provision, *, state: int, by: Member | None, now: datetime.datetime
) -> Edition:
    """Put a provision one level up; what followed it on its level comes below it."""

    def change(bench: Workbench, node: Node) -> str:
        mending.promote(bench.tree, node)
        return _("“%(name)s” was put one level up.")

    return _mend(provision, change, "promote", state=state, by=by, now=now)


def demote_provision(
    provision: Provision, *, state: int, by: Member | None, now: datetime.datetime
) -> Edition:
    """Put a provision below the one before it."""

    def change(bench: Workbench, node: Node) -> str:
        mending.demote(bench.tree, node)
        return _("“%(name)s” was put one level down.")

    return _mend(provision, change, "demote", state=state, by=by, now=now)


def join_provision(
    provision: Provision, *, state: int, by: Member | None, now: datetime.datetime
) -> Edition:
    """Put a provision's words at the end of the text that is read directly before it."""

    def change(bench: Workbench, node: Node) -> str:
        bench.take_in(mending.join(bench.tree, node), node)
        return _("“%(name)s” was joined with the text before it.")

    return _mend(provision, change, "join", state=state, by=by, now=now)


def split_provision(
    provision: Provision, at: int, *, state: int, by: Member | None, now: datetime.datetime
) -> Edition:
    """Divide a provision's text in two before a character, counted from 0."""

    def change(bench: Workbench, node: Node) -> str:
        new = mending.split(bench.tree, node, at)
        bench.inherit(new, node)
        return _("“%(name)s” was split in two.")

    return _mend(provision, change, "split", state=state, by=by, now=now)


def renumber_provision(
    provision: Provision,
    number: str,
    *,
    following: bool,
    state: int,
    by: Member | None,
    now: datetime.datetime,
) -> Edition:
    """Give a provision another number and, if wished, its later siblings the numbers after it."""

    def change(bench: Workbench, node: Node) -> str:
        mending.renumber(bench.tree, node, number, following=following)
        return _("“%(name)s” has another number now.")

    return _mend(provision, change, "renumber", state=state, by=by, now=now)


def change_kind(
    provision: Provision, kind: Kind, *, state: int, by: Member | None, now: datetime.datetime
) -> Edition:
    """Make a provision something else: a clause, a lead-in, a schedule."""
    if kind not in Provision.Kind.values:
        raise Refused(_("Nothing was changed: choose what it should be."))

    def change(bench: Workbench, node: Node) -> str:
        mending.change_kind(bench.tree, node, kind)
        return _("“%(name)s” is of another kind now.")

    return _mend(provision, change, "kind", state=state, by=by, now=now)


def change_words(
    provision: Provision,
    *,
    heading: str,
    text: str,
    state: int,
    by: Member | None,
    now: datetime.datetime,
) -> Edition:
    """Write a provision's heading and text anew."""

    def change(bench: Workbench, node: Node) -> str:
        mending.change_words(bench.tree, node, heading=heading, text=text)
        return _("The words of “%(name)s” were changed.")

    return _mend(provision, change, "words", state=state, by=by, now=now)


def move_provision(
    provision: Provision, *, up: bool, state: int, by: Member | None, now: datetime.datetime
) -> Edition:
    """Put a provision, with all below it, before or behind its neighbour."""

    def change(bench: Workbench, node: Node) -> str:
        mending.move(bench.tree, node, up=up)
        return _("“%(name)s” was moved up.") if up else _("“%(name)s” was moved down.")

    return _mend(provision, change, "move", state=state, by=by, now=now)


def leave_out_provision(
    provision: Provision,
    *,
    reason: str,
    below: bool,
    state: int,
    by: Member | None,
    now: datetime.datetime,
) -> Edition:
    """Take a provision out of the tree; its words are kept among what was left out."""

    def change(bench: Workbench, node: Node) -> str:
        gone = mending.taken_along(node, below=below)
        left = mending.leave_out(bench.tree, node, reason, below=below)
        bench.leave_out(left, gone)
        return _("“%(name)s” was left out.")

    return _mend(provision, change, "leave_out", state=state, by=by, now=now)


def put_in_left_out(
    provision: Provision,
    index: int,
    *,
    below: bool,
    kind: Kind,
    state: int,
    by: Member | None,
    now: datetime.datetime,
) -> Edition:
    """Put the text left out at an index of the list behind a provision, or first below it."""
    if kind not in Provision.Kind.values:
        raise Refused(_("Nothing was changed: choose what it should be."))

    def change(bench: Workbench, node: Node) -> str:
        if not 0 <= index < len(bench.left_out):
            raise CannotMend("That text is not in the list any more.")
        left = bench.left_out.pop(index)
        new = mending.put_in(bench.tree, left, node, below=below, kind=kind)
        new.source_from, new.source_until = bench.blocks_of(left)
        bench.put_in(new, left)
        return _("Left-out text was put in at “%(name)s”.")

    return _mend(provision, change, "put_in", state=state, by=by, now=now)


def clear_doubt(
    provision: Provision, *, state: int, by: Member | None, now: datetime.datetime
) -> Edition:
    """Say that a doubtful provision is right as it is."""

    def change(bench: Workbench, node: Node) -> str:
        node.doubt = ""
        return _("“%(name)s” is right as it is.")

    return _mend(provision, change, "right", state=state, by=by, now=now)


@transaction.atomic
def change_introduction(
    edition: Edition, introduction: str, *, state: int, by: Member | None, now: datetime.datetime
) -> Edition:
    """Write anew what is read above a draft's contents; an empty line parts paragraphs."""
    edition = held_draft(edition.pk, state=state)
    introduction = introduction.replace("\r\n", "\n").strip()
    if introduction == edition.introduction:
        raise Refused(_("Nothing was changed: the introduction already says that."))
    order = order_of(edition.provisions.order_by("position"))
    before = {"order": order, "introduction": edition.introduction}
    said = _("The introduction was changed.")
    remember(edition, [], said=said, before=before, by=by, now=now)
    edition.introduction = introduction
    edition.save(update_fields=["introduction"])
    data = {"change": "introduction", "said": said}
    log(edition, "rules.mend", user=by, timestamp=now, data=data)
    return edition


@transaction.atomic
def undo_mend(
    edition: Edition, *, state: int, by: Member | None, now: datetime.datetime
) -> Edition:
    """Undo the last change of a draft. Raises Refused where there is none, or none that is kept."""
    edition = held_draft(edition.pk, state=state)
    mend = edition.mends.order_by("-pk").first()
    if mend is None or not mend.before:
        raise Refused(_("There is no change left that could be undone."))
    bench = Workbench(edition)
    bench.restore(mend)
    bench.store(by=by, now=now)
    log(edition, "rules.undo_mend", user=by, timestamp=now, data={"undone": mend.said})
    mend.delete()
    return edition


@transaction.atomic
def _mend(
    provision: Provision,
    change: Change,
    verb: str,
    *,
    state: int,
    by: Member | None,
    now: datetime.datetime,
) -> Edition:
    """Do one change to the tree around a provision, and write what follows from it."""
    edition = held_draft(provision.edition_id, state=state)
    bench = Workbench(edition)
    try:
        node = bench.node(provision)
        name = bench.called(node)
        said = change(bench, node) % {"name": name}
    except CannotMend as refusal:
        raise Refused(_("Nothing was changed. %(why)s") % {"why": refusal}) from refusal
    bench.store(said, by=by, now=now)
    data = {"change": verb, "provision": name, "said": said}
    log(edition, "rules.mend", user=by, timestamp=now, data=data)
    return edition
