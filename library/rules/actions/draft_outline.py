"""A draft is changed as a text: each save is a version, and any version can be had again.

`state` says which version of the draft the person saw (`state_of`): where somebody has saved
another since, Stale is raised and nothing is written. No save opens to more people what it moves.
"""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from library.rules.actions.draft_rows import LONGEST, Changes, replace_tree
from library.rules.actions.import_worker import source_of
from library.rules.models import DraftVersion, Edition
from library.rules.models.outline import nodes
from library.rules.rulebooks.outline_text import Problem, Unreadable, read_outline, write_outline
from library.rules.rulebooks.tree import Node, Reading, every
from party.models import Member


class Stale(Refused):
    """Somebody saved the draft after this person opened it."""


class Unread(Refused):
    """The text cannot be read as rules; `problems` says which lines, and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_("Nothing was saved: some lines cannot be read."))
        self.problems = problems


def state_of(edition: Edition) -> int:
    """Return the number that names the state a draft is in: its newest version, or 0."""
    newest = edition.versions.order_by("-number").values_list("number", flat=True).first()
    return newest or 0


def outline_of(edition: Edition) -> str:
    """Return an edition's text as it is edited, whoever may read it."""
    rows = list(edition.provisions.order_by("position"))
    return write_outline(nodes(rows), introduction=edition.introduction)


@transaction.atomic
def save_outline(
    edition: Edition, text: str, *, state: int, by: Member | None, now: datetime.datetime
) -> DraftVersion:
    """Let a draft read like a text, and keep that as its newest version.

    Raises Unread where lines cannot be read, Stale where somebody saved meanwhile, and Refused for
    a published edition, a text that changes nothing, or a tree that cannot be.
    """
    edition = _held_draft(edition.pk, state=state)
    reading = _read(text)
    return _save(edition, reading, by=by, now=now)


@transaction.atomic
def restore_version(
    version: DraftVersion, *, state: int, by: Member | None, now: datetime.datetime
) -> DraftVersion:
    """Let a draft read like an earlier version again, as a new version."""
    edition = _held_draft(version.edition_id, state=state)
    said = _("Restored version %(number)d.") % {"number": version.number}
    return _save(edition, _read(version.outline), said=said, by=by, now=now)


@transaction.atomic
def accept_doubts(
    edition: Edition, provisions: Collection[int], *, by: Member | None, now: datetime.datetime
) -> int:
    """Say of a draft's doubtful provisions (by pk) that they are right; return how many were."""
    edition = _draft(Edition.objects.select_for_update(of=("self",)).filter(pk=edition.pk))
    chosen = edition.provisions.exclude(doubt="").filter(pk__in=provisions)
    doubts = dict(chosen.values_list("path", "doubt"))
    if doubts:
        chosen.update(doubt="")
        data = {"doubts": {path: [doubt, ""] for path, doubt in doubts.items()}}
        log(edition, "rules.accept_doubts", user=by, timestamp=now, data=data)
    return len(doubts)


def _held_draft(edition_id: int, *, state: int) -> Edition:
    """Return a draft that nobody else changes until the transaction ends."""
    edition = _draft(Edition.objects.select_for_update(of=("self",)).filter(pk=edition_id))
    if state_of(edition) != state:
        raise Stale(
            _(
                "Nothing was saved, because someone else saved this draft after you opened it."
                " Your text is below, with what is different in theirs. Save again to replace it."
            )
        )
    return edition


def _draft(found: QuerySet[Edition]) -> Edition:
    edition = found.select_related("work").first()
    if edition is None:
        raise Refused(_("Nothing was changed: the draft no longer exists."))
    if edition.status != Edition.Status.DRAFT:
        raise Refused(
            _(
                "%(edition)s is published, so it cannot be changed. To change the rules, import a"
                " new edition."
            )
            % {"edition": edition}
        )
    return edition


def _read(text: str) -> Reading:
    """Return what a text says. Raises Unread for lines that cannot be read or stored."""
    try:
        reading = read_outline(text)
    except Unreadable as unreadable:
        raise Unread(unreadable.problems) from unreadable
    problems = [problem for node in every(reading.tree) for problem in _too_long(node)]
    if reading.title:
        sentence = _("Delete this line. To change the title, edit the work.")
        problems.insert(0, Problem(reading.source[0].line, sentence))
    if problems:
        raise Unread(problems)
    return reading


def _too_long(node: Node) -> list[Problem]:
    return [
        Problem(
            node.line,
            _("The %(part)s is %(length)d characters. The limit is %(most)d.")
            % {"part": part, "length": len(words), "most": LONGEST[name]},
        )
        for name, part, words in (
            ("number", _("number"), node.number),
            ("heading", _("heading"), node.heading),
        )
        if len(words) > LONGEST[name]
    ]


def _save(
    edition: Edition, reading: Reading, *, said: str = "", by: Member | None, now: datetime.datetime
) -> DraftVersion:
    """Write a reading as the draft's newest version, after keeping how it read before."""
    before = outline_of(edition)
    after = write_outline(reading.tree, introduction=reading.introduction)
    if before == after:
        raise Refused(_("Nothing was changed: the text is the same as before."))
    given = source_of(edition)
    number = state_of(edition)
    if not number:
        number = 1
        made_at, reader = given.finished_at or given.created_at, given.by
        first = {
            "description": _("As read from the file."),
            "made_at": made_at,
            "by": reader,
        }
        edition.versions.create(number=number, outline=before, **first)
    changes = replace_tree(edition, reading.tree, given)
    introduction = [edition.introduction, reading.introduction]
    if introduction[0] != introduction[1]:
        edition.introduction = reading.introduction
        edition.save(update_fields=["introduction"])
    description = " ".join(filter(None, [said, _described(changes, introduction)]))
    version = edition.versions.create(
        number=number + 1, outline=after, description=description, made_at=now, by=by
    )
    data = {"version": [number, version.number], "changes": changes._asdict()}
    log(edition, "rules.save_draft", user=by, timestamp=now, data=data)
    return version


def _described(changes: Changes, introduction: list[str]) -> str:
    """Return a sentence about what was changed."""
    said = [
        words % {"count": count}
        for words, count in (
            (_("%(count)d added"), changes.added),
            (_("%(count)d removed"), changes.removed),
            (_("%(count)d reworded"), changes.reworded),
            (_("%(count)d renumbered"), changes.renumbered),
            (_("%(count)d moved to another level"), changes.moved),
        )
        if count
    ]
    if introduction[0] != introduction[1]:
        said.append(_("introduction changed"))
    if not said:
        return _("Order changed.")
    return _("Provisions: %(changes)s.") % {"changes": ", ".join(said)}
