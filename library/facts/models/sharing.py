"""Versions of fact cards, and who passed which of them on."""

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


class FactShareQuerySet(models.QuerySet["FactShare"]):
    def visible_to(self, user: Person) -> Self:
        """Return what a person shared themselves; nobody sees who else did."""
        return self.filter(member=user) if user.is_authenticated else self.none()


class FactShare(models.Model):
    """That a member took a card's words or picture to share them, and where to.

    Kept so that they can be told when the card no longer holds; the latest for each network.
    """

    class Network(models.TextChoices):
        X = "x", "X"
        BLUESKY = "bluesky", "Bluesky"
        MASTODON = "mastodon", "Mastodon"
        FACEBOOK = "facebook", "Facebook"
        INSTAGRAM = "instagram", "Instagram"
        LINKEDIN = "linkedin", "LinkedIn"
        WHATSAPP = "whatsapp", "WhatsApp"
        ELSEWHERE = "elsewhere", _("Elsewhere")

    card = models.ForeignKey(
        FactCard, models.CASCADE, related_name="shares", verbose_name=_("fact card")
    )
    version = models.PositiveIntegerField(_("version"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="fact_shares",
        verbose_name=_("member"),
    )
    network = models.CharField(_("network"), max_length=12, choices=Network.choices)
    shared_at = models.DateTimeField(_("shared"), default=timezone.now)

    objects = FactShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("sharing of a fact card")
        verbose_name_plural = _("sharings of fact cards")
        ordering = ["-shared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["card", "member", "network"], name="fact_share_once"),
        ]

    def __str__(self) -> str:
        return f"{self.card} ({self.get_network_display()})"


class FactSheetQuerySet(models.QuerySet["FactSheet"]):
    def visible_to(self, user: Person) -> Self:
        """Return the sheets that a person uploaded themselves."""
        return self.filter(by=user) if user.is_authenticated else self.none()


class FactSheet(models.Model):
    """A spreadsheet as it was read, kept from its preview until it is imported.

    It holds new cards, or the values of a `series`. `rows` is a list of `{"row", "values",
    "problems", "slug"}`: the row's number in the sheet, what its cells say by field, and a sentence
    for each problem. A row without values is about the sheet as a whole.
    """

    series = models.ForeignKey(
        "facts.Series",
        models.CASCADE,
        related_name="sheets",
        null=True,
        blank=True,
        verbose_name=_("series"),
    )
    file_name = models.CharField(_("file’s name"), max_length=255)
    rows = models.JSONField(_("rows"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="fact_sheets",
        verbose_name=_("given by"),
    )
    made_at = models.DateTimeField(_("given"), default=timezone.now)
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)

    objects = FactSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("spreadsheet of fact cards")
        verbose_name_plural = _("spreadsheets of fact cards")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def sound(self) -> list[dict[str, Any]]:
        """Return the rows that can be imported."""
        return [row for row in self.rows if row["values"] and not row["problems"]]
