"""Search in Wagtail's admin: what editors teach it, and what was asked and not found."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from ground.sheets.responses import csv_response
from ground.viewsets import ActionCreateView, ActionViewSet
from party.models import Member
from search.actions.vocabulary_editing import delete_taught, save_taught
from search.models import AskedQuestion, BestBet, VocabularyEntry
from search.models.asked import LONGEST_KEPT
from search.permissions import can_pin_answers, can_see_asked, can_teach_words

PERIODS = (7, 30, 90)  # days that may be looked back
USUAL_PERIOD = 30
MOST_SHOWN = 50  # questions of each list on the page
MOST_DOWNLOADED = 2000  # and in the file


# --- words and pinned answers ----------------------------------------------------------------
class TaughtCreateView(ActionCreateView):
    prefilled = ""  # given with the address

    def get_initial(self) -> dict[str, Any]:
        """Begin with the words or question that a link from “Asked and not found” names."""
        asked = self.request.GET.get(self.prefilled, "")[:LONGEST_KEPT]
        return {**super().get_initial(), **({self.prefilled: f"{asked}\n"} if asked else {})}


class TaughtDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        delete_taught(self.object, by=self.request.user)


class TaughtViewSet(ActionViewSet):
    """What editors teach the search, with the field that “Asked and not found” fills in."""

    prefilled: str
    add_view_class = TaughtCreateView
    delete_view_class = TaughtDeleteView

    def save(self, form: Any, *, by: Member, now: datetime.datetime) -> VocabularyEntry | BestBet:
        return save_taught(form.instance, by=by)

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_add_view_kwargs(prefilled=self.prefilled, **kwargs)


def _ways(entry: VocabularyEntry) -> str:
    return _("both ways") if entry.both_ways else _("from the first")


class EntryViewSet(TaughtViewSet):
    """Words and abbreviations, and what they mean."""

    model = VocabularyEntry
    icon = "openquote"
    menu_label = gettext_lazy("Words")
    prefilled = "words"
    list_display = [
        "__str__",
        Column("both_ways", label=gettext_lazy("Works"), accessor=_ways),
        Column("meaning", label=gettext_lazy("Meaning")),
    ]
    list_filter = ["both_ways"]
    search_fields = ["words", "meaning", "source"]
    panels = [FieldPanel(name) for name in ("words", "both_ways", "meaning", "source")]


class BetViewSet(TaughtViewSet):
    """Answers that stand above the results of a question."""

    model = BestBet
    icon = "thumbtack"
    menu_label = gettext_lazy("Pinned answers")
    prefilled = "questions"
    list_display = [
        "title",
        Column(
            "questions",
            label=gettext_lazy("Questions"),
            accessor=lambda bet: "; ".join(bet.asked),
        ),
        "address",
        Column("audience", label=gettext_lazy("For"), accessor="get_audience_display"),
    ]
    list_filter = ["audience"]
    search_fields = ["title", "questions", "address"]
    panels = [FieldPanel(name) for name in ("questions", "title", "address", "note", "audience")]


# --- asked and not found ---------------------------------------------------------------------
class AskedMixin:
    """What both the page and its file look at: the questions of so many days."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_see_asked(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # View's

    @cached_property
    def days(self) -> int:
        wanted = self.request.GET.get("days", "")
        return next((days for days in PERIODS if str(days) == wanted), USUAL_PERIOD)

    @cached_property
    def searches(self) -> Any:
        return AskedQuestion.objects.of_last(self.days, timezone.localdate())

    def lists(self, most: int) -> list[dict[str, Any]]:
        """Return the three lists with at most so many questions each, read once."""
        wanted = (
            ("empty", _("Found nothing"), self.searches.without_answer()),
            ("passed", _("Found something, and nothing was opened"), self.searches.passed_over()),
            ("most", _("Asked most"), self.searches.questions()),
        )
        return [
            {"name": name, "title": title, "rows": list(rows[:most])}
            for name, title, rows in wanted
        ]


class AskedView(AskedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Asked and not found: what to teach next."""

    template_name = "search/admin/asked.html"
    page_title = gettext_lazy("Asked and not found")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = f"{reverse('asked:download')}?days={self.days}"
        return [HeaderButton(_("Download as CSV"), url=url, icon_name="download")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        totals = self.searches.aggregate(all=Count("pk"), empty=Count("pk", filter=Q(results=0)))
        return super().get_context_data(
            **kwargs,
            days=self.days,
            periods=PERIODS,
            totals=totals,
            lists=self.lists(MOST_SHOWN),
            most=MOST_SHOWN,
            can_teach=can_teach_words(self.request.user),
            can_pin=can_pin_answers(self.request.user),
        )


class DownloadView(AskedMixin, View):
    """The same lists as a file for a spreadsheet."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return csv_response(
            list(self.lines()), f"asked-{timezone.localdate().isoformat()}-{self.days}-days"
        )

    def lines(self) -> Iterator[tuple[Any, ...]]:
        yield (
            _("List"),
            _("Question"),
            _("Times asked"),
            _("On days"),
            _("Times nothing was found"),
            _("Times opened"),
            _("Average place opened"),
            _("Last asked"),
        )
        for each in self.lists(MOST_DOWNLOADED):
            for row in each["rows"]:
                place = "" if row["place"] is None else f"{row['place']:.1f}"
                counted = (row["times"], row["on_days"], row["empty"], row["opened"])
                yield (each["title"], row["question"], *counted, place, row["last"].isoformat())


class AskedMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_asked(request.user)


class AskedViewSet(ViewSet):
    """“Asked and not found”: a page to read, for nobody changes what was asked."""

    name = "asked"
    url_prefix = "search-asked"
    icon = "help"
    menu_label = gettext_lazy("Asked and not found")
    menu_item_class = AskedMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", AskedView.as_view(), name="index"),
            path("download/", DownloadView.as_view(), name="download"),
        ]


@hooks.register("register_permissions")
def asked_permission() -> Any:
    """Let an administrator give “view questions asked” to a group."""
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(
        content_type__app_label="search", codename="view_askedquestion"
    )


@hooks.register("register_admin_viewset")
def register_search() -> ModelViewSetGroup:
    """Put search into the admin's menu."""

    class SearchGroup(ModelViewSetGroup):
        items = (EntryViewSet, BetViewSet, AskedViewSet)
        menu_label = gettext_lazy("Hub search")
        menu_name = "search-taught"
        menu_icon = "search"
        menu_order = 310

    return SearchGroup()
