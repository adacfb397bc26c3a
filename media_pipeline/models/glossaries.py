"""Names and terms that recognisers should know, and how they are misheard."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


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
