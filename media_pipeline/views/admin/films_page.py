"""What every page about films has in the editors' admin."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from media_pipeline.models import Film
from media_pipeline.steps.transcribe.whisper import INSTALL, is_installed


def missing_recogniser() -> str:
    """Say that the settings ask for a recogniser which is not installed; nothing where it is."""
    if settings.MEDIA_ENGINE == "pocketsphinx" or is_installed():
        return ""
    if settings.MEDIA_ENGINE == "whisper":
        sentence = _(
            "Whisper is not installed, so speech cannot be recognised. Install it: %(how)s"
        )
    else:
        sentence = _(
            "Whisper is not installed, so PocketSphinx recognises the speech, with more errors. "
            "Install Whisper: %(how)s"
        )
    return sentence % {"how": INSTALL}


class FilmsPage(WagtailAdminTemplateMixin):
    """A page below the list of films, or, with `above`, below that film's own page."""

    header_icon = "media"

    @property
    def above(self) -> Film | None:
        return None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": reverse("films:index"), "label": _("Films")}]
        if film := self.above:
            items.append({"url": reverse("films:edit", args=[film.pk]), "label": film.title})
        return [*items, {"url": "", "label": self.get_page_title()}]
