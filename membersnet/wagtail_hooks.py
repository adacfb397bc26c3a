"""The editors' admin as a part of the hub: its colours, and the way back."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.wagtail_hooks import PageListingSortMenuOrderButton
from wagtail.models import Page

from ground.deletion import kept_by


@hooks.register("insert_global_admin_css")
def house_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("membersnet/admin.css"))


@hooks.register("register_admin_menu_item")
def way_back() -> MenuItem:
    return MenuItem(_("Back to the hub"), "/", icon_name="home", order=20_000)


@hooks.register("construct_main_menu")
def without_files(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out Wagtail’s pictures and documents, which no page of ours shows yet."""
    items[:] = [item for item in items if item.name not in {"images", "documents"}]


@hooks.register("construct_homepage_summary_items", order=1000)
def count_only_pages(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Leave out the counts of Wagtail’s pictures and documents, for the same reason."""
    items[:] = [item for item in items if isinstance(item, PagesSummaryItem)]


@hooks.register("before_delete_page")
def keep_what_hangs_on_a_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a page, or one above it, while certificates or the like hang on it."""
    return _refusal(request, [page])


@hooks.register("before_bulk_action")
def keep_what_hangs_on_many(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Refuse it for many pages or members at once too."""
    return _refusal(request, objects) if action_type == "delete" else None


def _refusal(request: HttpRequest, rows: Iterable[models.Model]) -> HttpResponse | None:
    for row in rows:
        if isinstance(row, Page):
            whole = Page.objects.descendant_of(row, inclusive=True)
            remedy = _("Unpublish it instead.")
            back = reverse("wagtailadmin_explore", args=[row.get_parent().pk])
        else:
            whole = type(row)._default_manager.filter(pk=row.pk)
            remedy = _("Close the account instead: untick “Active”.")
            back = reverse("wagtailusers_users:index")
        if uses := kept_by(whole):
            sentence = _("“%(row)s” was not deleted: %(uses)s would be lost. %(remedy)s")
            messages.error(request, sentence % {"row": row, "uses": uses, "remedy": remedy})
            return redirect(back)
    return None


def _reorder_label(button: PageListingSortMenuOrderButton) -> str:
    return getattr(button.page.specific_class, "reorder_label", str(_("Reorder pages")))


# Wagtail's own says “Sort menu order”, of pages that are in no menu; no hook reaches it everywhere.
PageListingSortMenuOrderButton.label = property(_reorder_label)


_set_up_listing = SpreadsheetExportMixin.setup


def _set_up_or_refuse(
    listing: SpreadsheetExportMixin, request: HttpRequest, *captured: Any, **named: Any
) -> None:
    """Answer 404 to `?export=csv` at a list without columns to export, which shows no button."""
    _set_up_listing(listing, request, *captured, **named)
    if listing.is_export and not listing.list_export:
        raise Http404


SpreadsheetExportMixin.setup = _set_up_or_refuse
