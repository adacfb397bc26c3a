"""Who follows which chapters, and what followers are told of a new edition."""

import datetime
from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from library.rules.models import Edition, Follow, Provision, Work
from library.rules.models.changes import ChapterChanges, Comparison
from party.actions.notices.notifying import notify
from party.actions.notices.occasions import Occasion
from party.models import Member
from party.models.audiences import audience_tokens


@transaction.atomic
def follow(
    work: Work, *, by: Member, now: datetime.datetime, chapter: Provision | None = None
) -> Follow:
    """Have a member told when a chapter changes, or without one, when anything of a work does."""
    lineage = chapter.lineage if chapter else None
    found, _made = Follow.objects.get_or_create(
        member=by, work=work, lineage=lineage, defaults={"since": now}
    )
    return found


@transaction.atomic
def unfollow(work: Work, *, by: Member, chapter: Provision | None = None) -> None:
    """Tell a member no longer; whoever did not follow is not told either."""
    Follow.objects.filter(
        member=by, work=work, lineage=chapter.lineage if chapter else None
    ).delete()


@transaction.atomic
def notify_followers(edition: Edition, *, now: datetime.datetime) -> int:
    """Tell followers which chapters they follow an edition changes, and from when on.

    Each is told once, of what they may read; returns how many were told.
    """
    before = edition.edition_before()
    if before is None:
        return 0
    told = 0
    subject = _("%(work)s changes on %(date)s") % {
        "work": edition.work,
        "date": date_format(edition.in_force_from),
    }
    url = reverse("rules:changes", args=[edition.work.slug]) + f"?since={before.slug}"
    for member, chapters in _concerned(before, edition):
        lines = [f"{each.chapter}: {each.sentence}." for each in chapters]
        message = "\n".join(filter(None, [edition.note, *lines]))
        told += notify(
            [member],
            occasion=Occasion.EDITION_PUBLISHED,
            about=edition.pk,
            subject=subject,
            message=message,
            url=url,
            now=now,
        )
    return told


def _concerned(before: Edition, edition: Edition) -> Iterator[tuple[Member, list[ChapterChanges]]]:
    """Yield each follower with the chapters that they follow, may read, and find changed."""
    followed: dict[Member, set[UUID | None]] = {}
    follows = Follow.objects.filter(work=edition.work_id, member__is_active=True)
    for each in follows.select_related("member"):
        followed.setdefault(each.member, set()).add(each.lineage)
    known: dict[frozenset[str], list[ChapterChanges]] = {}
    for member, lineages in followed.items():
        tokens = audience_tokens(member)
        if tokens not in known:
            known[tokens] = Comparison(before, edition, tokens).chapters()
        concerned = [each for each in known[tokens] if each.is_one_of(lineages)]
        if concerned:
            yield member, concerned
