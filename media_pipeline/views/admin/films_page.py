"""What every page about films has in the editors' admin."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from media_pipeline.models import Film


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
