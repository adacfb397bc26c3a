"""The admin's forms for the register. They save nothing: an action gets what was typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from wagtail.admin.views.generic import CopyViewMixin, CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

Action = Callable[..., Any]


class RefusedInForm:
    """Shows beside its field what an action refuses; what was typed is kept."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]  # the view below it has one
        except ValidationError as refusal:
            for name, errors in refusal.update_error_dict({}).items():
                form.add_error(name if name in form.fields else None, errors)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]  # the view's, too
            return self.form_invalid(form)  # type: ignore[attr-defined]  # the same


class RegisterCreateView(RefusedInForm, CreateView):
    verb: Action = None  # type: ignore[assignment]  # given with the address

    def save_instance(self) -> Any:
        given = self.form.cleaned_data
        return self.verb(**given, by=self.request.user, now=timezone.now())


class RegisterCopyView(CopyViewMixin, RegisterCreateView):
    pass


class RegisterEditView(RefusedInForm, EditView):
    verb: Action = None  # type: ignore[assignment]  # given with the address

    def save_instance(self) -> Any:
        given = self.form.cleaned_data
        return self.verb(self.form.instance, **given, by=self.request.user, now=timezone.now())


class RegisterDeleteView(DeleteView):
    verb: Action = None  # type: ignore[assignment]  # given with the address

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as refusal:
            messages.error(self.request, " ".join(refusal.messages))
            return HttpResponseRedirect(self.get_success_url())

    def delete_action(self) -> None:
        self.verb(self.object, by=self.request.user, now=timezone.now())


class RegisterViewSet(ModelViewSet):
    """Rows of the register in the admin: made, changed and removed by these three actions."""

    create: Action
    change: Action
    remove: Action

    add_view_class = RegisterCreateView
    copy_view_class = RegisterCopyView
    edit_view_class = RegisterEditView
    delete_view_class = RegisterDeleteView

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_add_view_kwargs(verb=self.create, **kwargs)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_edit_view_kwargs(verb=self.change, **kwargs)

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_delete_view_kwargs(verb=self.remove, **kwargs)
