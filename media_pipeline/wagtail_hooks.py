"""Films in the editors' admin: the menu, the chooser, and how the audit log reads."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry

from ground.tables import YesNoColumn
from media_pipeline.forms.film_search import FindForm
from media_pipeline.models import Film, Glossary
from media_pipeline.views.admin.captions.autosave import save
from media_pipeline.views.admin.captions.comparison import CompareView
from media_pipeline.views.admin.captions.editor import AsTextView, BeginView, EditorView
from media_pipeline.views.admin.captions.versions import (
    DiscardView,
    PublishView,
    ReviewView,
    export,
)
from media_pipeline.views.admin.deletion import DeleteFilmView
from media_pipeline.views.admin.details import DetailsView
from media_pipeline.views.admin.film import FilmView
from media_pipeline.views.admin.film_jobs import RerunView, RetryView, StopView, film_jobs
from media_pipeline.views.admin.film_list import FilmList
from media_pipeline.views.admin.jobs import JobsView, jobs_now
from media_pipeline.views.admin.posters import PosterView, still
from media_pipeline.views.admin.upload import RemoveUploadView, UploadView


class FilmViewSet(ModelViewSet):
    """“Films”: `films:edit` is the film’s own page, for a film is not edited in a form."""

    name = "films"
    model = Film
    icon = "media"
    menu_label = _("Films")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: list[str] = []
    list_filter = ("state",)
    index_view_class = FilmList
    delete_view_class = DeleteFilmView

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", UploadView.as_view(), name="add"),
            path("uploads/<uuid:uuid>/remove/", RemoveUploadView.as_view(), name="remove_upload"),
            path("<int:pk>/", FilmView.as_view(), name="edit"),
            path("<int:pk>/details/", DetailsView.as_view(), name="details"),
            path("<int:pk>/jobs/", film_jobs, name="film_jobs"),
            path("<int:pk>/again/", RerunView.as_view(), name="again"),
            path("<int:pk>/stop/", StopView.as_view(), name="stop"),
            path("jobs/", JobsView.as_view(), name="jobs"),
            path("jobs/now/", jobs_now, name="jobs_now"),
            path("<int:pk>/poster/", PosterView.as_view(), name="poster"),
            path("stills/<int:pk>/", still, name="still"),
            path("<int:pk>/delete/", self.delete_view, name="delete"),
            path("<int:pk>/history/", self.history_view, name="history"),
            path("<int:pk>/history/results/", self.history_results_view, name="history_results"),
            path("<int:pk>/captions/", EditorView.as_view(), name="captions"),
            path("<int:pk>/captions/begin/", BeginView.as_view(), name="captions_begin"),
            path("<int:pk>/captions/text/", AsTextView.as_view(), name="captions_text"),
            path("<int:pk>/captions/compare/", CompareView.as_view(), name="captions_compare"),
            path("captions/<int:pk>/save/", save, name="captions_save"),
            path("captions/<int:pk>/publish/", PublishView.as_view(), name="captions_publish"),
            path("captions/<int:pk>/review/", ReviewView.as_view(), name="captions_review"),
            path("captions/<int:pk>/discard/", DiscardView.as_view(), name="captions_discard"),
            path("captions/<int:pk>/export/<slug:kind>/", export, name="captions_export"),
            path("jobs/<int:pk>/retry/", RetryView.as_view(), name="retry"),
        ]


class GlossaryViewSet(ModelViewSet):
    """“Glossaries” among the settings: names and terms that recognisers should know."""

    name = "glossaries"
    model = Glossary
    icon = "openquote"
    menu_label = _("Glossaries")
    add_to_settings_menu = True
    form_fields = ["name", "is_everywhere", "terms", "corrections"]
    list_display = ["name", YesNoColumn("is_everywhere", label=_("For every film"))]
    search_fields = ["name", "terms", "corrections"]


class ChooseFilm(chooser.ChooseView):
    filter_form_class = FindForm


class ChooseFilmResults(chooser.ChooseResultsView):
    filter_form_class = FindForm


class FilmChosen(chooser.ChosenView):
    def get_object(self, pk: Any) -> Film:
        return Film.objects.ready().get(pk=pk)


class FilmChooserViewSet(ChooserViewSet):
    """Lets an author put a film that is ready into a page."""

    model = Film
    icon = "media"
    choose_one_text = _("Choose a film")
    choose_another_text = _("Choose another film")
    edit_item_text = _("Look at this film")
    choose_view_class = ChooseFilm
    choose_results_view_class = ChooseFilmResults
    chosen_view_class = FilmChosen

    def get_object_list(self) -> Any:
        return Film.objects.ready().defer("script", "glossary")


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [FilmViewSet(), GlossaryViewSet(), FilmChooserViewSet("film_chooser")]


LOGGED = (
    ("upload", _("Upload a film"), _("Film uploaded")),
    ("describe", _("Edit a film’s details"), _("Film’s details edited")),
    ("retry", _("Run a step again"), _("Step run again")),
    ("stop", _("Stop processing"), _("Processing stopped")),
    ("edit_captions", _("Edit captions"), _("Draft of captions begun")),
    ("save_captions", _("Save captions"), _("Draft of captions changed")),
    ("publish_captions", _("Publish captions"), _("Captions published")),
    ("review_captions", _("Review captions"), _("Captions reviewed")),
    ("compare_captions", _("Compare captions"), _("Captions compared")),
    ("discard_captions", _("Discard a draft"), _("Draft of captions discarded")),
    ("choose_poster", _("Choose a picture"), _("Picture of the film chosen")),
    ("delete", _("Delete a film"), _("Film deleted")),
    ("clip", _("Ask for a clip"), _("Clip asked for")),
    ("delete_clip", _("Delete a clip"), _("Clip deleted")),
)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for name, label, message in LOGGED:
        actions.register_action(f"media_pipeline.{name}", label, message)
