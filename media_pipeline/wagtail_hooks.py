"""Films in the editors' admin: the menu, the chooser, and how the audit log reads."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry

from media_pipeline.forms import FindForm
from media_pipeline.models import Recording
from media_pipeline.views import admin


class FilmViewSet(ModelViewSet):
    """“Films”: `films:edit` is the film’s own page, for a film is not edited in a form."""

    name = "films"
    model = Recording
    icon = "media"
    menu_label = _("Films")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: list[str] = []
    index_view_class = admin.FilmList
    delete_view_class = admin.DeleteFilmView

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", admin.UploadView.as_view(), name="add"),
            path("<int:pk>/", admin.FilmView.as_view(), name="edit"),
            path("<int:pk>/work/", admin.work, name="work"),
            path("<int:pk>/delete/", self.delete_view, name="delete"),
            path("<int:pk>/history/", self.history_view, name="history"),
            path("<int:pk>/history/results/", self.history_results_view, name="history_results"),
            path("jobs/<int:pk>/retry/", admin.RetryView.as_view(), name="retry"),
        ]


class ChooseFilm(chooser.ChooseView):
    filter_form_class = FindForm


class ChooseFilmResults(chooser.ChooseResultsView):
    filter_form_class = FindForm


class FilmChosen(chooser.ChosenView):
    def get_object(self, pk: Any) -> Recording:
        return Recording.objects.ready().get(pk=pk)


class FilmChooserViewSet(ChooserViewSet):
    """Lets an author put a film that is ready into a page."""

    model = Recording
    icon = "media"
    choose_one_text = _("Choose a film")
    choose_another_text = _("Choose another film")
    edit_item_text = _("Look at this film")
    choose_view_class = ChooseFilm
    choose_results_view_class = ChooseFilmResults
    chosen_view_class = FilmChosen

    def get_object_list(self) -> Any:
        return Recording.objects.ready().defer("script", "glossary")


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [FilmViewSet(), FilmChooserViewSet("film_chooser")]


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("media_pipeline.upload", _("Upload a film"), _("Film uploaded"))
    actions.register_action("media_pipeline.retry", _("Run a step again"), _("Step run again"))
    actions.register_action("media_pipeline.delete", _("Delete a film"), _("Film deleted"))
