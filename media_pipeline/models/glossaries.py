"""Names and terms that recognisers should know, and how they are misheard."""

from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from media_pipeline.models.films import Film


class GlossaryQuerySet(models.QuerySet["Glossary"]):
    def everywhere(self) -> Self:
        """Return the glossaries of the whole site, which every film uses."""
        return self.filter(is_everywhere=True)


class Glossary(models.Model):
    """The names and terms of the site or of one course, chosen for a film when it is uploaded."""

    name = models.CharField(_("name"), max_length=100, help_text=_("For instance the course’s."))
    is_everywhere = models.BooleanField(_("used for every film"), default=False)
    terms = models.TextField(
        _("names and terms"),
        blank=True,
        help_text=_("One a line, the most important first: engines are told of the first few."),
    )
    corrections = models.TextField(
        _("corrections"),
        blank=True,
        help_text=_(
            "One a line, as “what is heard = what is meant”, for instance “kier starmer = Keir "
            "Starmer”. Every use is written down with the captions."
        ),
    )

    objects = GlossaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")
        ordering = ["-is_everywhere", "name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="glossary_once_a_name")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        broken = broken_correction(self.corrections)
        if broken is not None:
            sentence = _(
                "Each correction is a line such as “kier starmer = Keir Starmer”. This one is not: "
                "“%(line)s”."
            )
            raise ValidationError({"corrections": sentence % {"line": broken[:80]}})


def film_terms(film: "Film") -> tuple[str, ...]:
    """The names and terms of a film: its own first, then its glossaries’, then everywhere’s.

    What a correction says is meant is a term too.
    """
    terms = [_term(line) for line in film.glossary.splitlines()]
    for glossary in _glossaries(film):
        terms += [line.strip() for line in glossary.terms.splitlines()]
        terms += [meant for _heard, meant in corrections_in(glossary.corrections)]
    return tuple(dict.fromkeys(filter(None, terms)))


def film_corrections(film: "Film") -> list[tuple[str, str]]:
    """What is misheard and what is meant, in the same order; the first of two rules counts.

    A film’s own list may hold such lines among its terms.
    """
    rules = corrections_in(film.glossary)
    for glossary in _glossaries(film):
        rules += corrections_in(glossary.corrections)
    first: dict[str, tuple[str, str]] = {}
    for heard, meant in rules:
        first.setdefault(heard.casefold(), (heard, meant))
    return list(first.values())


def corrections_in(text: str) -> list[tuple[str, str]]:
    """The lines of the form “heard = meant”; other lines are left out."""
    pairs = [line.split("=", 1) for line in text.splitlines() if "=" in line]
    pairs = [[" ".join(side.split()) for side in pair] for pair in pairs]
    return [(heard, meant) for heard, meant in pairs if heard and meant]


def broken_correction(text: str) -> str | None:
    """The first line that is no correction, to be told to its writer; None where all are."""
    for line in text.splitlines():
        sides = [side.strip() for side in line.split("=")]
        if line.strip() and (len(sides) != 2 or not all(sides)):
            return line.strip()
    return None


def _glossaries(film: "Film") -> list[Glossary]:
    chosen = list(film.glossaries.all())
    return chosen + [one for one in Glossary.objects.everywhere() if one not in chosen]


def _term(line: str) -> str:
    return line.rpartition("=")[2].strip()
