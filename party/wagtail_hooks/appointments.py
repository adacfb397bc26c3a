"""Appointments in the admin."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import IndexView

from party.actions.appointments import appoint, change_appointment, remove_appointment
from party.models import Appointment
from party.views.register import RegisterViewSet


class AppointmentList(IndexView):
    def get_base_queryset(self) -> QuerySet[Appointment]:
        return super().get_base_queryset().select_related("member", "role", "unit", "region")


class AppointmentViewSet(RegisterViewSet):
    model = Appointment
    create = staticmethod(appoint)
    change = staticmethod(change_appointment)
    remove = staticmethod(remove_appointment)
    icon = "user"
    menu_label = _("Appointments")
    form_fields = ["member", "role", "unit", "region", "basis", "valid_from", "valid_until"]
    list_display = ["member", "role", "unit", "region", "basis", "valid_from", "valid_until"]
    list_filter = ["role", "basis"]
    index_view_class = AppointmentList
    search_fields = ["member__first_name", "member__last_name", "member__email", "unit__name"]
