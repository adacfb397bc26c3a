"""Works in the admin."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from ground.tables import YesNoColumn
from library.rules.actions.works import save_work
from library.rules.models import Work


def _save_work(view: Any) -> Work:
    return save_work(view.form.instance, by=view.request.user, now=timezone.now())


class WorkCreateView(generic.CreateView):
    save_instance = _save_work


class WorkEditView(generic.EditView):
    save_instance = _save_work


class WorkViewSet(ModelViewSet):
    """Rule books, standing orders, procedures and policies."""

    model = Work
    icon = "folder-open-inverse"
    add_view_class = WorkCreateView
    edit_view_class = WorkEditView
    copy_view_enabled = False
    add_to_reference_index = False  # nothing in it points to anything
    list_display = [
        *("title", "kind", "audience"),
        YesNoColumn("sample", label=_("Sample"), sort_key="sample"),
    ]
    list_filter = ["kind"]
    form_fields = ["title", "slug", "kind", "audience", "sample"]
