"""Rows in Wagtail's admin that are saved and deleted by actions, never by their forms."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet


class _SavedByAction:
    save: Any = None  # given with the address

    def save_instance(self: Any) -> Any:
        return self.save(self.form, by=self.request.user, now=timezone.now())


class ActionCreateView(_SavedByAction, generic.CreateView):
    pass


class ActionEditView(_SavedByAction, generic.EditView):
    pass


class ActionViewSet(ModelViewSet):
    """Rows of which an action `save` gets the form with what was typed, who acts and when."""

    save: Callable[..., Any]
    add_view_class = ActionCreateView
    edit_view_class = ActionEditView
    copy_view_enabled = False
    add_to_reference_index = False  # nothing in it points to anything

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_add_view_kwargs(save=self.save, **kwargs)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_edit_view_kwargs(save=self.save, **kwargs)
