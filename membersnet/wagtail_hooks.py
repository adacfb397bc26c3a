"""The editors' admin as a part of the hub: its colours, and the way back."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.admin.wagtail_hooks import PageListingSortMenuOrderButton


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


def _reorder_label(button: PageListingSortMenuOrderButton) -> str:
    return getattr(button.page.specific_class, "reorder_label", str(_("Reorder pages")))


# Wagtail's own says “Sort menu order”, of pages that are in no menu; no hook reaches it everywhere.
PageListingSortMenuOrderButton.label = property(_reorder_label)
