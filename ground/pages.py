"""What every kind of page has in common: its tabs in the admin, its copies, its preview."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.models import Page


class PageCopyForm(CopyForm):
    """Copies are pages of their own: a page that follows another one would have two addresses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_slug"].label = _("New address")
        self.fields.pop("alias", None)


def preview_only(page: Page, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
    """Serve an author's preview, and nothing else: our own views draw what a member sees."""
    if not getattr(request, "is_preview", False):
        raise Http404
    return Page.serve(page, request, *args, **kwargs)


class EditedPage(Page):
    """A page without what Wagtail offers for search engines, which never see it, and for menus."""

    content_panels = [TitleFieldPanel("title", help_text=_("As members will see it."))]
    promote_panels: list[Any] = []
    settings_panels = [
        FieldPanel(
            "slug",
            heading=_("Address"),
            help_text=_("The last part of the page’s address, such as keeping-a-record."),
        ),
        *Page.settings_panels,
    ]
    copy_form_class = PageCopyForm
    private_page_options: list[str] = []  # who may see it is ours to say
    reorder_label = _("Reorder pages")  # the pages below it

    class Meta:
        abstract = True
