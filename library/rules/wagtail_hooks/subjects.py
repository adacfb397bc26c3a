"""The subject index of each work in the admin."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from ground.refusals import Refused
from library.rules.actions.subjects import cited_edition, delete_subject, save_subject
from library.rules.models import Provision, Subject


class SubjectForm(WagtailAdminModelForm):
    """A subject, and the provisions it leads to, cited one on each line."""

    citations = forms.CharField(
        label=_("Provisions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One citation on each line, such as 7.VIII.3.A. Renumbering does not matter."),
    )

    class Meta:
        model = Subject
        fields = ("work", "name", "see")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["see"].queryset = self.instance.work.subjects.exclude(pk=self.instance.pk)
            self.fields["work"].disabled = True
            self.initial["citations"] = "\n".join(_citations(self.instance))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        see, work = cleaned.get("see"), cleaned.get("work")
        if see and work and see.work_id != work.pk:
            self.add_error("see", _("Choose a subject of the same work."))
        return cleaned


def _citations(subject: Subject) -> list[str]:
    """Return how the provisions of a subject are cited in the last published edition."""
    edition = cited_edition(subject)
    lineages = subject.entries.values("lineage")
    found = Provision.objects.filter(edition=edition, lineage__in=lineages).order_by("position")
    return [each.citation for each in found]


def _save(view: Any) -> Subject:
    form = view.form
    return save_subject(
        form.instance,
        citations=form.cleaned_data["citations"].splitlines(),
        by=view.request.user,
        now=timezone.now(),
    )


class _Refusing:
    """Shows why an action refused, beside what was typed."""

    produced_error_message: str | None = None

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]  # the view's own
        except Refused as problem:
            self.produced_error_message = str(problem)
            form.add_error("citations", str(problem))
            return self.form_invalid(form)  # type: ignore[attr-defined]  # likewise


class SubjectCreateView(_Refusing, generic.CreateView):
    save_instance = _save


class SubjectEditView(_Refusing, generic.EditView):
    save_instance = _save


class SubjectDeleteView(generic.DeleteView):
    """Takes a subject out of the index."""

    def delete_action(self) -> None:
        delete_subject(self.object, by=self.request.user, now=timezone.now())
        messages.success(self.request, _("The subject is taken out; the provisions stay."))


class SubjectViewSet(ModelViewSet):
    """Subjects are proposed when an edition is published; here the librarian puts them right."""

    model = Subject
    icon = "list-ul"
    add_view_class = SubjectCreateView
    edit_view_class = SubjectEditView
    delete_view_class = SubjectDeleteView
    copy_view_enabled = False
    add_to_reference_index = False  # nothing in it points to anything
    list_display = ["name", "work", "see"]
    list_filter = ["work"]
    search_fields = ["name"]
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[SubjectForm]:
        return SubjectForm
