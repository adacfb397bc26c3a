"""Texts that cite what an edition changed, for librarians to keep an eye on."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from library.rules.models import CitationFlag


def _link(flag: CitationFlag) -> SafeString:
    """Return a link to the page where the difference is shown."""
    return format_html('<a href="{}">{}</a>', flag.get_absolute_url(), flag.citing.title)


class FlagIndexView(generic.IndexView):
    """Lists flags, those that nobody looked at first."""

    default_ordering = ["resolved_at", "-made_at"]

    def get_base_queryset(self) -> Any:
        flags = super().get_base_queryset()
        return flags.select_related("citing__owner", "edition__work", "before")


class FlagViewSet(ModelViewSet):
    """They come and go with editions and texts; each leads to its difference."""

    model = CitationFlag
    icon = "warning"
    menu_label = _("Texts to review")
    index_view_class = FlagIndexView
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        Column("title", label=_("Text"), accessor=_link),
        Column("citation", label=_("Cites"), accessor="cited_as"),
        Column("owner", label=_("Owner"), accessor="citing.owner"),
        Column("edition", label=_("Edition"), accessor="edition"),
        DateColumn("made_at", label=_("Made"), sort_key="made_at"),
        DateColumn("resolved_at", label=_("Reviewed"), sort_key="resolved_at"),
    ]
    form_fields = ["resolved_at"]
