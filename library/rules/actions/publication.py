"""What makes a draft edition hold, and what must follow from it."""

import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from ground.dates import DAY
from ground.refusals import Refused
from library.rules.actions.access import hold_work, inherit_restrictions
from library.rules.actions.cross_references import link_edition
from library.rules.actions.indexing import update_search
from library.rules.actions.lineage import propose_lineage
from library.rules.actions.subjects import propose_subjects
from library.rules.models import Edition
from library.rules.tasks import notify_of_edition
from party.models import Member


@transaction.atomic
def publish_edition(
    edition: Edition, *, by: Member | None, now: datetime.datetime, note: str = ""
) -> Edition:
    """Publish a draft; the edition before it ends on the day before this one comes into force.

    The `note` tells followers in a few sentences what changed. What follows something that was
    restricted meanwhile is restricted first.

    Raises Refused where it is published, empty, another begins on the same day, or nobody has
    confirmed yet what its provisions follow.
    """
    hold_work(edition.work_id)
    locked = Edition.objects.select_for_update(of=("self",)).select_related("work")
    edition = locked.get(pk=edition.pk)
    others = Edition.objects.published().filter(work=edition.work).order_by("in_force_from")
    _check_publishable(edition, others)
    inherit_restrictions(edition, by=by, now=now)
    before = others.filter(in_force_from__lt=edition.in_force_from).last()
    after = others.filter(in_force_from__gt=edition.in_force_from).first()
    if before and (not before.in_force_until or before.in_force_until >= edition.in_force_from):
        _end(before, edition.in_force_from - DAY, by=by, now=now)
    edition.status = Edition.Status.PUBLISHED
    edition.published_at = now
    edition.note = note.strip() or edition.note
    edition.in_force_until = after.in_force_from - DAY if after else None
    edition.save()
    data = {"status": [Edition.Status.DRAFT, Edition.Status.PUBLISHED]}
    log(edition, "rules.publish", user=by, timestamp=now, data=data)
    link_edition(edition)
    propose_subjects(edition)
    _announce(edition)
    for draft in _drafts_after(edition, after):
        propose_lineage(draft, by=by, now=now)
    return edition


def _drafts_after(edition: Edition, after: Edition | None) -> models.QuerySet[Edition]:
    """Return the drafts that have this edition before them now."""
    drafts = Edition.objects.filter(work=edition.work, status=Edition.Status.DRAFT)
    drafts = drafts.filter(in_force_from__gt=edition.in_force_from)
    return drafts.filter(in_force_from__lte=after.in_force_from) if after else drafts


def _check_publishable(edition: Edition, others: models.QuerySet[Edition]) -> None:
    if edition.status == Edition.Status.PUBLISHED:
        raise Refused(_("%(edition)s is published already.") % {"edition": edition})
    if not edition.provisions.exists():
        raise Refused(_("%(edition)s has no provisions. Import them first.") % {"edition": edition})
    if rival := others.filter(in_force_from=edition.in_force_from).first():
        raise Refused(
            _("%(edition)s was not published: %(rival)s comes into force on the same day.")
            % {"edition": edition, "rival": rival}
        )
    if waiting := edition.provisions.waiting().count():
        raise Refused(
            ngettext(
                "%(edition)s was not published: %(count)d provision waits for somebody to confirm "
                "what it follows.",
                "%(edition)s was not published: %(count)d provisions wait for somebody to confirm "
                "what they follow.",
                waiting,
            )
            % {"edition": edition, "count": waiting}
        )


def _end(edition: Edition, on: datetime.date, *, by: Member | None, now: datetime.datetime) -> None:
    old, edition.in_force_until = edition.in_force_until, on
    edition.save(update_fields=["in_force_until"])
    data = {"in_force_until": [old and old.isoformat(), on.isoformat()]}
    log(edition, "rules.end", user=by, timestamp=now, data=data)


def _announce(edition: Edition) -> None:
    """Have search, followers and whoever cites it told what changed."""
    update_search(edition)
    notify_of_edition.enqueue(edition_id=edition.pk)
