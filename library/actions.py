"""What may change the library. Each action is one transaction and tells the search index."""

import datetime
import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from library.models import Edition, FactCard, Provision, Work
from library.rulebooks import Node, Place, places
from party.models import Member
from search.actions import mark_changed

PROVISIONS = "provision"  # the kinds by which search knows what is here
FACTS = "fact"
BATCH = 500  # rows written at once
LIMITED = {  # what is written of a node, and how many characters of it can be stored
    field.name: field.max_length or 0
    for field in Provision._meta.local_fields
    if isinstance(field, models.CharField) and field.name != "kind"
}


class Refused(Exception):
    """An action was not taken; the message says why and what to do, for the person who asked."""


@transaction.atomic
def save_work(work: Work, *, by: Member | None, now: datetime.datetime) -> Work:
    """Save a new or changed work. Raises ValidationError."""
    work.full_clean()
    old = _values(Work.objects.filter(pk=work.pk).first())
    work.save()
    _log_saved(work, old, by=by, now=now)
    if old:
        _mark_provisions(Edition.objects.current(timezone.localdate(now)).filter(work=work))
    return work


@transaction.atomic
def import_edition(
    *,
    work: Work,
    label: str,
    in_force_from: datetime.date,
    tree: Sequence[Node],
    by: Member | None,
    now: datetime.datetime,
    introduction: str = "",
) -> Edition:
    """Make a draft edition from a reader's tree; a draft of the same label is replaced.

    Raises Refused where there is nothing to import or the label is taken by a published edition.
    """
    stations = places(tree)
    slug = _free_address(work, label, stations)
    _check_lengths(stations)
    Edition.objects.filter(work=work, slug=slug).delete()
    edition = Edition.objects.create(
        work=work, label=label, slug=slug, in_force_from=in_force_from, introduction=introduction
    )
    _write(edition, stations)
    data = {"work": work.slug, "label": label, "provisions": len(stations)}
    log(edition, "library.import", user=by, timestamp=now, data=data)
    return edition


def _free_address(work: Work, label: str, stations: Sequence[Place]) -> str:
    if not stations:
        raise Refused(_("Nothing was imported: no chapter or numbered provision was found."))
    slug = slugify(label)[:80]
    if not slug or slug in {place.path.lower() for place in stations}:
        raise Refused(
            _("“%(label)s” cannot be an edition’s label: give it a name, such as “2026 edition”.")
            % {"label": label}
        )
    if Edition.objects.published().filter(work=work, slug=slug).exists():
        raise Refused(
            _("“%(label)s” of %(work)s is published already and was kept. Choose another label.")
            % {"label": label, "work": work}
        )
    return slug


def _check_lengths(stations: Sequence[Place]) -> None:
    """Refuse what the database could not hold, instead of cutting it."""
    for place in stations:
        for name, longest in LIMITED.items():
            written = getattr(place.node if hasattr(place.node, name) else place, name)
            if len(written) > longest:
                raise Refused(
                    _("Nothing was imported: line %(line)d has a %(name)s of %(found)d characters.")
                    % {"line": place.node.line, "name": name, "found": len(written)}
                )


def _write(edition: Edition, stations: Sequence[Place]) -> None:
    """Write the provisions level by level, so that each finds its parent's row."""
    saved: dict[int, Provision] = {}
    by_depth = sorted(stations, key=lambda place: place.depth)
    for _depth, level in itertools.groupby(by_depth, key=lambda place: place.depth):
        rows = [_provision(edition, place, saved) for place in level]
        for row in Provision.objects.bulk_create(rows, batch_size=BATCH):
            saved[row.position] = row


def _provision(edition: Edition, place: Place, saved: dict[int, Provision]) -> Provision:
    return Provision(
        edition=edition,
        parent=saved[place.parent.position] if place.parent else None,
        kind=place.node.kind,
        number=place.node.number,
        heading=place.node.heading,
        text=place.node.text,
        position=place.position,
        end=place.end,
        path=place.path,
        citation=place.citation,
        cited_as=place.cited_as,
    )


@transaction.atomic
def publish_edition(edition: Edition, *, by: Member | None, now: datetime.datetime) -> Edition:
    """Publish a draft; the edition before it ends on the day this one comes into force.

    Raises Refused where it is published, empty, or another begins on the same day.
    """
    edition = Edition.objects.select_for_update().select_related("work").get(pk=edition.pk)
    others = Edition.objects.published().filter(work=edition.work).order_by("in_force_from")
    _check_publishable(edition, others)
    before = others.filter(in_force_from__lt=edition.in_force_from).last()
    after = others.filter(in_force_from__gt=edition.in_force_from).first()
    if before and (not before.in_force_until or before.in_force_until > edition.in_force_from):
        _end(before, edition.in_force_from, by=by, now=now)
    edition.status = Edition.Status.PUBLISHED
    edition.published_at = now
    edition.in_force_until = after.in_force_from if after else None
    edition.save()
    data = {"status": [Edition.Status.DRAFT, Edition.Status.PUBLISHED]}
    log(edition, "library.publish", user=by, timestamp=now, data=data)
    _announce(edition, now=now)
    return edition


def _check_publishable(edition: Edition, others: models.QuerySet[Edition]) -> None:
    if edition.status == Edition.Status.PUBLISHED:
        raise Refused(_("%(edition)s is published already.") % {"edition": edition})
    if not edition.provisions.exists():
        raise Refused(_("%(edition)s has no provisions; import them first.") % {"edition": edition})
    if rival := others.filter(in_force_from=edition.in_force_from).first():
        raise Refused(
            _("%(edition)s was not published: %(rival)s comes into force on the same day.")
            % {"edition": edition, "rival": rival}
        )


def _end(edition: Edition, on: datetime.date, *, by: Member | None, now: datetime.datetime) -> None:
    old, edition.in_force_until = edition.in_force_until, on
    edition.save(update_fields=["in_force_until"])
    data = {"in_force_until": [old and old.isoformat(), on.isoformat()]}
    log(edition, "library.end", user=by, timestamp=now, data=data)


def _announce(edition: Edition, *, now: datetime.datetime) -> None:
    """Tell search now, and again on the day when an edition that lies ahead comes into force."""
    update_search(edition)
    starts = _midnight(edition.in_force_from)
    if starts > now:
        from library.tasks import come_into_force

        transaction.on_commit(
            lambda: come_into_force.using(run_after=starts).enqueue(edition_id=edition.pk)
        )


@transaction.atomic
def update_search(edition: Edition) -> None:
    """Have search look again at the provisions of an edition and of the one it followed."""
    concerned = models.Q(pk=edition.pk) | models.Q(in_force_until=edition.in_force_from)
    _mark_provisions(Edition.objects.published().filter(concerned, work=edition.work_id))


@transaction.atomic
def save_fact(
    card: FactCard, *, topics: Iterable[str] | None, by: Member | None, now: datetime.datetime
) -> FactCard:
    """Save a new or changed card under the topics of these names (None: leave them as they are).

    Raises ValidationError.
    """
    card.full_clean()
    old = _values(FactCard.objects.filter(pk=card.pk).first())
    card.save()
    if topics is not None:
        card.topics.set(list(topics))
    _log_saved(card, old, by=by, now=now)
    mark_changed(FACTS, [str(card.pk)])
    if old.get("review_by") != str(card.review_by):
        _look_again(card, now=now)
    return card


def _look_again(card: FactCard, *, now: datetime.datetime) -> None:
    """Tell search again on the day after the one by which a card should be reviewed."""
    due = _midnight(card.review_by + datetime.timedelta(days=1))
    if due > now:
        from library.tasks import fall_due

        transaction.on_commit(lambda: fall_due.using(run_after=due).enqueue(card_id=card.pk))


@transaction.atomic
def withdraw_fact(
    card: FactCard, *, reason: str, by: Member | None, now: datetime.datetime
) -> FactCard:
    """Withdraw a card for a reason that readers see; its address goes on answering.

    Raises Refused without a reason, or where it is withdrawn already.
    """
    card = FactCard.objects.select_for_update().get(pk=card.pk)
    if card.withdrawn_at:
        raise Refused(_("“%(card)s” is withdrawn already.") % {"card": card})
    if not reason.strip():
        raise Refused(_("Say why the card is withdrawn: whoever shared it will read the reason."))
    card.withdrawn_at, card.withdrawal_reason = now, reason.strip()
    card.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    log(card, "library.withdraw", user=by, timestamp=now, data={"reason": reason.strip()})
    mark_changed(FACTS, [str(card.pk)])
    return card


def _midnight(day: datetime.date) -> datetime.datetime:
    """Return when a day begins, where the hub is."""
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=timezone.get_default_timezone())


def _mark_provisions(editions: models.QuerySet[Edition]) -> None:
    keys = Provision.objects.filter(edition__in=editions).exclude(kind=Provision.Kind.LEAD_IN)
    mark_changed(PROVISIONS, [str(pk) for pk in keys.values_list("pk", flat=True)])


def _values(instance: models.Model | None) -> dict[str, Any]:
    """Return what is stored about an instance, as text for the audit entry."""
    if instance is None:
        return {}
    return {
        field.name: str(field.value_from_object(instance)) for field in instance._meta.local_fields
    }


def _log_saved(
    instance: models.Model,
    old: dict[str, Any],
    *,
    by: Member | None,
    now: datetime.datetime,
) -> None:
    new = _values(instance)
    changes = {name: [old.get(name), new[name]] for name in new if old.get(name) != new[name]}
    action = "wagtail.edit" if old else "wagtail.create"
    log(
        instance,
        action,
        user=by,
        timestamp=now,
        content_changed=bool(changes),
        data={"changes": changes} if old else {},
    )
