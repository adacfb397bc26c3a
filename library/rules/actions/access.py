"""Who may read single provisions: what may change it, and what must follow from it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from library.rules.actions.cross_references import define_terms
from library.rules.actions.indexing import mark_provisions
from library.rules.models import Edition, Provision, Work
from party.models import Member
from party.permissions import narrowest

MEMBERS = Work.Audience.MEMBERS
Key = int | UUID  # a provision, or the lineage that several share


@transaction.atomic
def restrict_provision(
    provision: Provision, audience: str, *, by: Member | None, now: datetime.datetime
) -> int:
    """Say who may read a provision, all below it, and its text in every edition of the work.

    `MEMBERS` lifts the restriction, in every edition too, but not those that something below it or
    above it has of its own. Returns how many editions were changed. Raises Refused for no audience,
    and where a draft would open what is restricted in a published edition.
    """
    if audience not in Work.Audience.values:
        raise Refused(_("Nothing was changed: choose who may read it."))
    hold_work(provision.edition.work_id)
    book = _Book(provision.edition.work_id, provision.edition_id)
    chosen = book.rows[provision.pk]
    wider = narrowest(chosen.own_audience or MEMBERS, audience) != audience
    if wider:
        _check_openable(book, chosen, audience)
    own = "" if audience == MEMBERS else audience
    change = _Change(
        data={"provision": provision.cited_as, "own_audience": [chosen.own_audience, own]},
        by=by,
        now=now,
    )
    chosen.own_audience = own
    _say(book.kin(chosen), audience, wider=wider)
    book.even_out(book.kin(chosen) if wider else [chosen])
    changed = sum(change.store(edition, book.of(edition)) for edition in book.editions)
    said = {row.lineage for row in book.kin(chosen)} if wider else set()
    for draft in book.other_drafts():
        rows = _in_order(draft)
        confirmed = (row for row in rows if row.descent == Provision.Descent.CONFIRMED)
        _say((row for row in confirmed if row.lineage in said), audience, wider=True)
        close(rows, _inherited(draft))
        changed += change.store(draft, rows)
    return changed


def called(provision: Provision) -> str:
    """Return how a librarian recognises a provision: by its citation, else by its first words."""
    if provision.number:
        return provision.cited_as
    words = provision.heading or Truncator(provision.text).words(6)
    return words or provision.get_kind_display()


def hold_work(work_id: int) -> None:
    """Let nobody else restrict or publish anything of a work until the transaction ends."""
    Work.objects.select_for_update(no_key=True).get(pk=work_id)


@transaction.atomic
def restrict_heirs(edition: Edition, *, by: Member | None, now: datetime.datetime) -> None:
    """Restrict what follows, or took in, something that fewer may read than may read it."""
    rows = _in_order(edition)
    close(rows, _inherited(edition))
    _Change(data={"heirs": True}, by=by, now=now).store(edition, rows)


def keep_restrictions(edition: Edition) -> None:
    """Restrict what follows, or took in, something restricted, in a draft that is just made."""
    rows = _in_order(edition)
    close(rows, _inherited(edition))
    _write(_differing(edition, rows))


def audiences(rows: Iterable[Provision]) -> Iterable[tuple[Provision, str]]:
    """Yield provisions, given in reading order, each with the audience that follows for it."""
    found: dict[int, str] = {}
    for row in rows:
        above = found.get(row.parent_id or 0, MEMBERS)
        found[row.pk] = narrowest(row.own_audience or MEMBERS, above)
        yield row, found[row.pk]


def without_heir(edition: Edition) -> list[Provision]:
    """Return what was restricted in the edition before this one and is followed by nothing here.

    Its words may stand somewhere in this edition, open to all: the librarian should look.
    """
    before = edition.edition_before()
    if before is None:
        return []
    heirs = edition.provisions.exclude(predecessor=None).values("predecessor")
    restricted = before.provisions.exclude(audience=MEMBERS)
    return list(restricted.exclude(pk__in=heirs).exclude(absorbed_by__edition=edition))


class _Book:
    """The provisions of a work's published editions and of one more, which may be a draft.

    Of one family are those of one lineage, and those of which one follows or took in the other:
    they share text. The links of other drafts are not trusted to say so: nobody confirmed them.
    """

    def __init__(self, work_id: int, edition_id: int) -> None:
        of_work = Edition.objects.filter(work=work_id)
        held = of_work.published() | of_work.filter(pk=edition_id)
        self.work_id = work_id
        self.editions = list(held.select_for_update().order_by("pk"))
        rows = Provision.objects.filter(edition__in=self.editions).select_related("edition")
        rows = rows.order_by("edition_id", "position")
        self.rows = {row.pk: row for row in rows.defer("text", "heading", "doubt")}
        self.families = self._families()

    def of(self, edition: Edition) -> list[Provision]:
        """Return the provisions of one edition in reading order."""
        return [row for row in self.rows.values() if row.edition_id == edition.pk]

    def other_drafts(self) -> list[Edition]:
        """Return the work's editions that this does not hold, held from now on."""
        others = Edition.objects.filter(work=self.work_id).exclude(
            pk__in=[each.pk for each in self.editions]
        )
        return list(others.select_for_update().order_by("pk"))

    def kin(self, one: Provision) -> list[Provision]:
        """Return all of a provision's family, and itself."""
        family = self.families[one.pk]
        return [row for pk, row in self.rows.items() if self.families[pk] == family]

    def even_out(self, roots: Sequence[Provision]) -> None:
        """Let what shares text with what stands below these be read by no more people than it."""
        for row, audience in audiences(self.rows.values()):
            row.audience = audience
        above = {self.families[root.pk] for root in roots}
        inside = {root.pk for root in roots}
        for row in self.rows.values():
            if row.parent_id in inside:
                inside.add(row.pk)
        below = {self.families[pk] for pk in inside} - above
        wanted: dict[Key, str] = {}
        for pk, row in self.rows.items():
            if (family := self.families[pk]) in below:
                wanted[family] = narrowest(row.audience, wanted.get(family, MEMBERS))
        least = {pk: wanted.get(self.families[pk], MEMBERS) for pk in self.rows}
        close(self.rows.values(), least)

    def _families(self) -> dict[Key, Key]:
        """Return a name of the family of every provision."""
        linked: dict[Key, set[Key]] = defaultdict(set)
        taken_in = Provision.absorbs.through.objects.filter(from_provision__in=self.rows)
        links: list[tuple[Key, Key | None]] = [
            *((row.pk, row.lineage) for row in self.rows.values()),
            *((row.pk, row.predecessor_id) for row in self.rows.values()),
            *taken_in.values_list("from_provision", "to_provision"),
        ]
        for one, other in links:
            if other is not None:
                linked[one].add(other)
                linked[other].add(one)
        found: dict[Key, Key] = {}
        for name in self.rows:
            waiting: list[Key] = [] if name in found else [name]
            while waiting:
                if (one := waiting.pop()) not in found:
                    found[one] = name
                    waiting += linked[one]
        return found


class _Change(NamedTuple):
    """What is noted of a change of who may read what, in every edition that it touches."""

    data: dict[str, Any]
    by: Member | None
    now: datetime.datetime

    def store(self, edition: Edition, rows: Iterable[Provision]) -> bool:
        """Write who may read an edition's provisions; say whether that is another now."""
        changed = _differing(edition, rows)
        if not changed:
            return False
        _write(changed)
        log(edition, "rules.restrict", user=self.by, timestamp=self.now, data=self.data)
        if edition.status == Edition.Status.PUBLISHED:
            define_terms(edition)
            mark_provisions(Edition.objects.filter(pk=edition.pk))
        return True


def _check_openable(book: _Book, chosen: Provision, audience: str) -> None:
    """Refuse to open in a draft what members cannot read where it is published."""
    if chosen.edition.status == Edition.Status.PUBLISHED:
        return
    for row in book.kin(chosen):
        if row is not chosen and narrowest(row.audience, audience) != audience:
            raise Refused(
                _(
                    "Nothing was changed: it goes on from %(old)s of %(edition)s, which fewer may "
                    "read. Open that first, or say that this follows something else."
                )
                % {"old": called(row), "edition": row.edition.label}
            )


def _say(rows: Iterable[Provision], audience: str, *, wider: bool) -> None:
    """Say of provisions who may read them, unless what is said of one goes further already."""
    for row in rows:
        own = row.own_audience or MEMBERS
        if narrowest(own, audience) == (own if wider else audience):
            row.own_audience = "" if audience == MEMBERS else audience


def close(rows: Iterable[Provision], wanted: Mapping[int, str]) -> None:
    """Restrict provisions, given in reading order, where more may read them than is wanted."""
    found: dict[int, str] = {}
    for row in rows:
        above = found.get(row.parent_id or 0, MEMBERS)
        stands = narrowest(above, row.own_audience or MEMBERS)
        row.audience = found[row.pk] = narrowest(stands, wanted.get(row.pk, MEMBERS))
        if row.audience != stands:
            row.own_audience = row.audience


def _inherited(edition: Edition) -> dict[int, str]:
    """Return the narrowest audience of what each provision follows or took in, where not all."""
    found: dict[int, str] = {}
    for link in ("predecessor", "absorbs"):
        restricted = edition.provisions.filter(**{f"{link}__isnull": False}).exclude(
            **{f"{link}__audience": MEMBERS}
        )
        for pk, audience in restricted.values_list("pk", f"{link}__audience"):
            found[pk] = narrowest(audience, found.get(pk, MEMBERS))
    return found


def _in_order(edition: Edition) -> list[Provision]:
    rows = edition.provisions.defer("text", "heading", "doubt")
    return list(rows.order_by("position"))


def _differing(edition: Edition, rows: Iterable[Provision]) -> list[Provision]:
    """Return the provisions of an edition of which something else is stored."""
    names = ("pk", "own_audience", "audience")
    stored = set(edition.provisions.values_list(*names))
    return [row for row in rows if (row.pk, row.own_audience, row.audience) not in stored]


def _write(rows: Iterable[Provision]) -> None:
    """Write who may read provisions, with one query for all of which the same is said."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        alike[row.own_audience, row.audience].append(row.pk)
    for (own, audience), keys in alike.items():
        Provision.objects.filter(pk__in=keys).update(own_audience=own, audience=audience)
