"""What editors teach the search: words that mean the same, what they mean, and pinned answers."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from party.permissions import EDITORS, MEMBERS
from search.engines.text import plain_words
from search.questions.pieces import SLIGHT_WORDS

MOST_FORMS = 30  # of one entry, or of one pinned answer's questions
LONGEST_FORM = 80  # characters of a word or abbreviation
LONGEST_ASKED = 200  # characters of a question that an answer is pinned to


def new_stamp() -> int:
    """Return a number that no other version of a row has had, small enough to be added up."""
    return secrets.randbits(40)


def stamped(update_fields: Iterable[str] | None) -> list[str] | None:
    """Return the fields to save with the stamp among them; None is all of them."""
    return None if update_fields is None else [*update_fields, "stamp"]


def too_many(forms: tuple[str, ...]) -> ValidationError | None:
    """Return what is wrong with so many lines, or None."""
    if len(forms) <= MOST_FORMS:
        return None
    message = ngettext_lazy(
        "There is %(count)d line; write at most %(most)d.",
        "There are %(count)d lines; write at most %(most)d.",
        "count",
    )
    return ValidationError(message, params={"count": len(forms), "most": MOST_FORMS})


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something, without the spaces around, each once."""
    said = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in said if line))


class VocabularyEntry(models.Model):
    """Words and abbreviations for one thing: whoever asks for one of them finds the others too.

    With a `meaning` it is a defined term, which is explained above the results. The `stamp` is
    another after each save: by it, processes see that what they hold is no longer current, so
    these rows are saved and never changed with `update()`.
    """

    words = models.TextField(
        _("words"),
        help_text=_("One form a line: CLP, then Constituency Labour Party, then local party."),
    )
    both_ways = models.BooleanField(
        _("both ways"),
        default=True,
        help_text=_(
            "Without it the first line finds the others, and they do not find it; what is said "
            "below of its meaning is then shown for the first line alone."
        ),
    )
    meaning = models.CharField(
        _("meaning"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences, shown above the results."),
    )
    source = models.CharField(
        _("where it is defined"),
        max_length=200,
        blank=True,
        help_text=_("A rule such as Chapter 1 Clause II.1, or the name of a document."),
    )
    stamp = models.BigIntegerField(default=new_stamp, editable=False)

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.forms)

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.stamp = new_stamp()
        super().save(*args, update_fields=stamped(update_fields), **kwargs)

    @property
    def forms(self) -> tuple[str, ...]:
        """The words and abbreviations, as they are written."""
        return lines(self.words)

    @property
    def finding(self) -> tuple[str, ...]:
        """The forms that find the others: all of them, or the first."""
        return self.forms if self.both_ways else self.forms[:1]

    def clean(self) -> None:
        if not self.forms:
            raise ValidationError({"words": _("Write at least one word.")})
        if len(self.forms) == 1 and not self.meaning:
            raise ValidationError(
                {"words": _("Write a second form on a line of its own, or say what it means.")}
            )
        wrong = [too_many(self.forms), *map(_wrong_with, self.forms)]
        if errors := [error for error in wrong if error]:
            raise ValidationError({"words": errors})
        if rivals := self.rivals():
            raise ValidationError({"words": rivals})

    def rivals(self) -> list[ValidationError]:
        """Return an error for each form that already finds something in another entry."""
        ours = {plain_words(form): form for form in self.finding}
        return [
            ValidationError(
                _("“%(form)s” stands in another entry already: “%(other)s”. Write yours there."),
                params={"form": ours[plain_words(form)], "other": other},
            )
            for other in VocabularyEntry.objects.exclude(pk=self.pk)
            for form in other.finding
            if plain_words(form) in ours
        ]


def _wrong_with(form: str) -> ValidationError | None:
    """Return why this cannot be a form, or None. "IT" may be one, "it" may not."""
    words = plain_words(form)
    if len(form) > LONGEST_FORM:
        message = _("“%(form)s…” is too long: write at most %(most)d characters on a line.")
        return ValidationError(message, params={"form": form[:30], "most": LONGEST_FORM})
    if not words:
        message = _("“%(form)s” has no letter and no digit to search for.")
        return ValidationError(message, params={"form": form})
    if len(words) == 1 and words[0] in SLIGHT_WORDS and not (len(form) > 1 and form.isupper()):
        message = _("“%(form)s” stands in almost every question, so it cannot be looked for.")
        return ValidationError(message, params={"form": form})
    return None


class BestBet(models.Model):
    """An answer that editors pin above the results of a question."""

    class Audience(models.TextChoices):
        MEMBERS = MEMBERS, _("All members")
        EDITORS = EDITORS, _("Editors only")

    questions = models.TextField(
        _("questions"),
        help_text=_(
            "As people ask it, each form on a line of its own. Small words such as “how do I”, the "
            "endings of words and punctuation make no difference."
        ),
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
    stamp = models.BigIntegerField(default=new_stamp, editable=False)

    class Meta:
        verbose_name = _("pinned answer")
        verbose_name_plural = _("pinned answers")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.stamp = new_stamp()
        super().save(*args, update_fields=stamped(update_fields), **kwargs)

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions it answers."""
        return lines(self.questions)

    def clean(self) -> None:
        if not self.asked:
            raise ValidationError({"questions": _("Write at least one question.")})
        wrong = [too_many(self.asked), *map(_wrong_with_asked, self.asked)]
        if errors := [error for error in wrong if error]:
            raise ValidationError({"questions": errors})
        inside = self.address.startswith("/") and not self.address.startswith(("//", "/\\"))
        if self.address and not (inside or self.address.startswith("https://")):
            raise ValidationError(
                {"address": _("Write an address of the hub that begins with /, or with https://.")}
            )


def _wrong_with_asked(question: str) -> ValidationError | None:
    """Return why nothing can be pinned to this, or None."""
    if len(question) > LONGEST_ASKED:
        message = _("“%(question)s…” is too long: write at most %(most)d characters on a line.")
        return ValidationError(message, params={"question": question[:30], "most": LONGEST_ASKED})
    if not plain_words(question):
        message = _("“%(question)s” has no letter and no digit to search for.")
        return ValidationError(message, params={"question": question})
    return None
