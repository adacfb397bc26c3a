"""Versions of fact cards."""

import datetime
import difflib
import re
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from library.facts.models.facts import FactCard
from party.models.audiences import audience_tokens
from party.permissions import Person

TOPICS = "topics"  # in a version's data, beside the fields' own names


class Change(NamedTuple):
    """A field that became different: its name, and its words as `same`, `gone` and `new` pieces."""

    label: str
    pieces: list[tuple[str, str]]


def _name_of(name: str) -> str:
    field: Any = None if name == TOPICS else FactCard._meta.get_field(name)
    return str(field.verbose_name if field else _("topics"))


def _shown(name: str, data: dict[str, str]) -> str:
    """Return a stored value as it is read: a choice by its label, a day written out."""
    text = data.get(name, "")
    field: Any = None if name == TOPICS else FactCard._meta.get_field(name)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(text, text))
    if isinstance(field, models.DateField) and text:
        return formats.date_format(datetime.date.fromisoformat(text))
    return text


def _wording(old: str, new: str) -> list[tuple[str, str]]:
    """Return two texts as one: pieces that are the same in both, gone, or new."""
    before, after = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    pieces = []
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for step, i, j, k, m in steps:
        if step == "equal":
            pieces.append(("same", "".join(after[k:m])))
            continue
        pieces += [("gone", "".join(before[i:j])), ("new", "".join(after[k:m]))]
    return [piece for piece in pieces if piece[1]]


class FactVersionQuerySet(models.QuerySet["FactVersion"]):
    def visible_to(self, user: Person) -> Self:
        """Return the versions this person may read: each had an audience of its own."""
        return self.filter(data__audience__in=audience_tokens(user))


class FactVersion(models.Model):
    """A card as it was after a change; `data` holds its fields' values as text.

    The first is made when a card goes live; a change of its status makes one too.
    """

    card = models.ForeignKey(
        FactCard, models.CASCADE, related_name="versions", verbose_name=_("fact card")
    )
    number = models.PositiveIntegerField(_("version"))
    data = models.JSONField(_("content"))
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("made by"),
    )

    objects = FactVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a fact card")
        verbose_name_plural = _("versions of fact cards")
        ordering = ["card", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="fact_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.card}, {_('version')} {self.number}"

    def state_label(self) -> str:
        """Return how the card stood then."""
        return str(FactCard.State(self.data["state"]).label)

    def changes_since(self, before: "FactVersion") -> list[Change]:
        """Return what became different since an earlier version, word by word."""
        return [
            Change(_name_of(name), _wording(_shown(name, before.data), _shown(name, self.data)))
            for name in (*FactCard.CONTENT, TOPICS)
            if before.data.get(name) != self.data.get(name)
        ]
