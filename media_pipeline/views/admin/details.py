"""Changes what is said of a film: title, language, script, glossaries."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import UpdateView
from wagtail.admin import messages

from media_pipeline.actions.details import CannotChangeError, change_details
from media_pipeline.actions.reruns import CannotRetryError
from media_pipeline.forms.details import DetailsForm
from media_pipeline.models import Film
from media_pipeline.models.films import can_change_film
from media_pipeline.views.admin.films_page import FilmsPage
from party.permissions import signed_in


class DetailsView(FilmsPage, UpdateView):
    """For the film’s author and for those who edit films; it works without JavaScript."""

    model = Film
    form_class = DetailsForm
    template_name = "media_pipeline/admin/details.html"
    page_title = gettext_lazy("What is said of the film")

    @cached_property
    def film(self) -> Film:
        visible = Film.objects.visible_to(self.request.user)
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_change_film(request.user, self.film):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_object(self, queryset: Any = None) -> Film:
        return self.film

    @property
    def above(self) -> Film:
        return self.film

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            film = change_details(self.film, **form.cleaned_data, by=signed_in(self.request))
        except (CannotChangeError, CannotRetryError) as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("“%(film)s” was changed.") % {"film": film})
        return redirect("films:edit", film.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs, action_url=self.request.path, submit_button_label=_("Save")
        )
