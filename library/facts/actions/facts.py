"""What may change a fact card's words."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.audit import log_saved, values_of
from ground.refusals import Refused
from library.facts.models import FactCard, FactVersion
from library.facts.models.versions import TOPICS
from library.facts.sources import FACTS
from library.rules.actions.citing_texts import FACT, citations_in, replace_citations
from party.models import Member
from search.actions.changes import mark_changed

EDITED = [  # what an editor types; a card's status is changed by actions of its own
    field.name for field in FactCard._meta.local_fields if field.editable and not field.primary_key
]


@transaction.atomic
def save_fact(
    card: FactCard,
    *,
    topics: Iterable[str] | None,
    by: Member | None,
    now: datetime.datetime,
    note: str = "",
) -> FactCard:
    """Save a new or changed card under the topics of these names (None: leave them as they are).

    A new card is a draft. A changed one that has gone live gets a version, with the note of what
    changed. Raises ValidationError where the card is not in order, and Refused where it may no
    longer change, without a note, or where a card that has gone live would get another address.
    """
    stored = FactCard.objects.select_for_update().filter(pk=card.pk).first()
    card.state = stored.state if stored else FactCard.State.DRAFT
    if stored:
        _check_changeable(stored, card)
    card.full_clean()
    old, was = values_of(stored), _content(stored) if stored else {}
    if stored and stored.state != FactCard.State.DRAFT and not stored.versions.exists():
        keep_version(stored, by=None, now=now)
    card.save(update_fields=EDITED if stored else None)
    if topics is not None:
        card.topics.set(list(topics))
    if card.state != FactCard.State.DRAFT and was != _content(card):
        if not note.strip():
            raise Refused(_("Say what changed: readers see it beside the card’s versions."))
        keep_version(card, note=note, by=by, now=now)
    log_saved(card, old, by=by, now=now)
    note_citations(card)
    mark_changed(FACTS, [str(card.pk)])
    return card


def _check_changeable(stored: FactCard, card: FactCard) -> None:
    if not stored.may_change():
        raise Refused(
            _("“%(card)s” cannot be edited: it is %(state)s.")
            % {"card": stored, "state": stored.get_state_display().lower()}
        )
    if stored.state != FactCard.State.DRAFT and stored.slug != card.slug:
        raise Refused(
            _("The address of “%(card)s” cannot change: others may link to it.") % {"card": stored}
        )


def _content(card: FactCard) -> dict[str, str]:
    """Return what a version keeps of a card."""
    data = {name: card.as_text(name) for name in FactCard.CONTENT}
    names = sorted(card.topics.values_list("name", flat=True))
    return data | {TOPICS: ", ".join(names)}


def keep_version(
    card: FactCard, *, by: Member | None, now: datetime.datetime, note: str = ""
) -> FactVersion:
    """Keep a card as it is now, as its next version."""
    last = card.versions.order_by("-number").first()
    return FactVersion.objects.create(
        card=card,
        number=last.number + 1 if last else 1,
        data=_content(card),
        note=note.strip()[:300],
        made_at=now,
        made_by=by,
    )


def note_citations(card: FactCard) -> None:
    """Tell the citation registry which provisions a card's words cite, for as long as it holds."""
    words = "\n".join((card.statement, card.detail_text, card.does_not_show))
    replace_citations(
        kind=FACT,
        key=str(card.pk),
        title=card.title,
        url=card.get_absolute_url(),
        edit_url=reverse("factcard:edit", args=[card.pk]),
        audience=[card.audience],
        owner=card.owner,
        citations=citations_in(words) if card.state in FactCard.HOLDING else [],
    )


@transaction.atomic
def delete_fact(card: FactCard, *, by: Member | None, now: datetime.datetime) -> None:
    """Delete a draft. Raises Refused for a card that has gone live: its address must answer."""
    card = FactCard.objects.select_for_update().get(pk=card.pk)
    if card.state != FactCard.State.DRAFT:
        raise Refused(
            _("“%(card)s” has gone live, so it cannot be deleted. Withdraw it instead.")
            % {"card": card}
        )
    key = str(card.pk)
    log(card, "wagtail.delete", user=by, timestamp=now, deleted=True)
    card.delete()
    mark_changed(FACTS, [key])
