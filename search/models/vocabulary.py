"""What editors teach the search: words that mean the same, what they mean, and pinned answers."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from party.permissions import EDITORS, MEMBERS, audience_tokens


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something, without the spaces around, each once."""
    said = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in said if line))


class VocabularyQuerySet(models.QuerySet["VocabularyEntry"]):
    def explained(self) -> Self:
        """Return the entries that say what their words mean."""
        return self.exclude(meaning="")


class VocabularyEntry(models.Model):
    """Words and abbreviations for one thing: whoever asks for one of them finds the others too.

    With a `meaning` it is a defined term, which is explained above the results.
    """

    words = models.TextField(
        _("words"),
        help_text=_("One form a line: CLP, then Constituency Labour Party, then local party."),
    )
    both_ways = models.BooleanField(
        _("both ways"),
        default=True,
        help_text=_("Without it the first line finds the others, and they do not find it."),
    )
    meaning = models.CharField(
        _("meaning"),
        max_length=500,
        blank=True,
        help_text=_("In a sentence or two; shown above the results."),
    )
    source = models.CharField(
        _("where it is defined"),
        max_length=200,
        blank=True,
        help_text=_("A rule such as Chapter 1 Clause II.1, or the name of a document."),
    )

    objects = VocabularyQuerySet.as_manager()

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.forms)

    @property
    def forms(self) -> tuple[str, ...]:
        """The words and abbreviations, as they are written."""
        return lines(self.words)

    def clean(self) -> None:
        if not self.forms:
            raise ValidationError({"words": _("Write at least one word.")})
        if len(self.forms) == 1 and not self.meaning:
            raise ValidationError(
                {"words": _("Write a second form on a line of its own, or say what it means.")}
            )


class BestBetQuerySet(models.QuerySet["BestBet"]):
    def visible_to(self, user: Any) -> Self:
        """Return the pinned answers that this person may see."""
        return self.for_audience(audience_tokens(user))

    def for_audience(self, audience: frozenset[str]) -> Self:
        """Return the pinned answers for whoever belongs to these audiences."""
        return self.filter(audience__in=audience)


class BestBet(models.Model):
    """An answer that editors pin above the results of a question."""

    class Audience(models.TextChoices):
        MEMBERS = MEMBERS, _("All members")
        EDITORS = EDITORS, _("Editors only")

    questions = models.TextField(
        _("questions"), help_text=_("As people ask it, each form on a line of its own.")
    )
    title = models.CharField(_("title"), max_length=120)
    address = models.CharField(
        _("address"),
        max_length=500,
        help_text=_("A page of the hub, such as /rules/rule-book/7/, or an address with https://."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    audience = models.CharField(
        _("who may see it"), max_length=20, choices=Audience.choices, default=Audience.MEMBERS
    )

    objects = BestBetQuerySet.as_manager()

    class Meta:
        verbose_name = _("pinned answer")
        verbose_name_plural = _("pinned answers")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions it answers."""
        return lines(self.questions)

    def clean(self) -> None:
        if not self.asked:
            raise ValidationError({"questions": _("Write at least one question.")})
        inside = self.address.startswith("/") and not self.address.startswith(("//", "/\\"))
        if self.address and not (inside or self.address.startswith("https://")):
            raise ValidationError(
                {"address": _("Write an address of the hub that begins with /, or with https://.")}
            )
