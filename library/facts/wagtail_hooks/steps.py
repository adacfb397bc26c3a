"""Steps in the life of a card or a series, each asked for once more before it is taken."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from ground.refusals import Refused
from ground.viewsets import ActionEditView, ActionViewSet
from party.permissions import EDITORS, Person, open_to, signed_in

Offer = tuple[str | Promise, str, str]  # what is done, its address and its icon


class Step(NamedTuple):
    """A step: when it can be taken, what is asked and said, and the action that takes it."""

    name: str
    applies: Callable[[Any], bool]
    label: str | Promise
    icon: str
    explains: str | Promise
    done: str | Promise  # with “%(title)s”
    act: Callable[..., Any]
    form: type[forms.Form] = forms.Form
    yes: str | Promise = ""  # on the button, where it is not the label
    serious: bool = False
    missing: Callable[[Any], list[str]] = lambda _thing: []  # what must be added before


class StepsIndexView(generic.IndexView):
    """Lists what can be done with each row."""

    offered: Any = None  # given with the address

    def get_list_more_buttons(self, instance: Any) -> list[MenuItem]:
        offered = enumerate(self.offered(self.request.user, instance), start=20)
        return [
            *super().get_list_more_buttons(instance),
            *(
                MenuItem(label, url=url, icon_name=icon, priority=priority)
                for priority, (label, url, icon) in offered
            ),
        ]


class _Offering:
    """Offers above a row what can be done with it."""

    offered: Any = None  # given with the address

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        offered = self.offered(self.request.user, self.object)  # type: ignore[attr-defined]  # the view's
        return [HeaderButton(label, url=url, icon_name=icon) for label, url, icon in offered]


class StepsEditView(_Offering, ActionEditView):
    pass


class StepsInspectView(_Offering, generic.InspectView):
    pass


class SteppedViewSet(ActionViewSet):
    """Rows that are saved by an action, previewed, and taken through `steps`.

    Beside these it is told who `can_change` a row, how to `show` it as readers see it, and the
    `summary` that stands above the question whether to take a step.
    """

    steps: tuple[Step, ...]
    can_change: Callable[[Person], bool]
    show: Callable[..., HttpResponse]
    summary: Callable[[Any], str]
    index_view_class = StepsIndexView
    edit_view_class = StepsEditView
    inspect_view_class = StepsInspectView

    def offered(self, user: Person, thing: Any) -> list[Offer]:
        """Return what a person may do with a row as it stands."""
        if not self.can_change(user):
            return []
        steps = [(step.label, step.name, step.icon) for step in self.steps if step.applies(thing)]
        return [
            (label, reverse(self.get_url_name(name), args=[thing.pk]), icon)
            for label, name, icon in [(_("Preview"), "preview", "view"), *steps]
        ]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(offered=self.offered, **kwargs)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_edit_view_kwargs(offered=self.offered, **kwargs)

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_inspect_view_kwargs(offered=self.offered, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("preview/<int:pk>/", preview, {"viewset": self}, name="preview"),
            *(
                path(
                    f"{step.name}/<int:pk>/",
                    take_step,
                    {"viewset": self, "step": step},
                    name=step.name,
                )
                for step in self.steps
            ),
        ]

    def changeable(self, request: HttpRequest, pk: int) -> Any:
        """Return a row for whoever may change it; 404 for none, and refused to all others."""
        thing = get_object_or_404(self.model, pk=pk)
        if not self.can_change(request.user):
            raise PermissionDenied
        return thing


@open_to(EDITORS)
def preview(request: HttpRequest, pk: int, viewset: SteppedViewSet) -> HttpResponse:
    """Show an editor a row as readers see it, or would see it."""
    return viewset.show(request, viewset.changeable(request, pk), preview=True)


@open_to(EDITORS)
def take_step(request: HttpRequest, pk: int, viewset: SteppedViewSet, step: Step) -> HttpResponse:
    """Ask once more, with what the step needs to know, then take it."""
    thing = viewset.changeable(request, pk)
    form = step.form(request.POST if request.method == "POST" else None)
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
            field.queryset = field.queryset.exclude(pk=pk)  # nothing takes its own place
    if request.method == "POST" and form.is_valid():
        by, title = signed_in(request), str(thing)
        try:
            step.act(thing, **form.cleaned_data, by=by, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, step.done % {"title": title})
        return redirect(viewset.get_url_name("index"))
    context = {
        "step": step,
        "thing": thing,
        "summary": viewset.summary(thing),
        "form": form,
        "missing": step.missing(thing),
        "index": viewset.get_url_name("index"),
        "edit": viewset.get_url_name("edit"),
    }
    return render(request, "facts/admin/step.html", context)
