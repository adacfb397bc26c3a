"""Asks before a film goes."""

from typing import Any

from django.db.models.deletion import ProtectedError, RestrictedError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView

from media_pipeline.actions.films import delete_film, uses_of
from party.permissions import signed_in


class DeleteFilmView(DeleteView):
    """Asks before a film goes, and says what still needs it."""

    template_name = "media_pipeline/admin/delete.html"
    page_title = gettext_lazy("Delete")

    @cached_property
    def uses(self) -> list[str]:
        return sorted({f"“{use}”" for use in uses_of(self.object)})

    def get_usage_url(self) -> None:
        """No page of its own lists the uses: `uses` is shown here instead."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, uses=get_text_list(self.uses, _("and")))

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            delete_film(self.object, by=signed_in(self.request))
        except (ProtectedError, RestrictedError):
            return redirect("films:delete", self.object.pk)
        messages.success(self.request, _("“%(film)s” was deleted.") % {"film": self.object})
        return HttpResponseRedirect(reverse("films:index"))
