"""People and places in the editors' admin: who holds what post, where."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from party.models import Appointment, Region, Role, Unit


class UnitList(IndexView):
    def get_base_queryset(self) -> QuerySet[Unit]:
        return super().get_base_queryset().select_related("region")


class AppointmentList(IndexView):
    def get_base_queryset(self) -> QuerySet[Appointment]:
        return super().get_base_queryset().select_related("member", "role", "unit", "region")


class RegionViewSet(ModelViewSet):
    model = Region
    icon = "site"
    menu_label = _("Regions and nations")
    form_fields = ["name", "slug", "nation"]
    list_display = ["name", "nation"]
    search_fields = ["name"]


class UnitViewSet(ModelViewSet):
    model = Unit
    icon = "group"
    menu_label = _("Units")
    form_fields = [
        *("region", "kind", "code", "name", "name_cy", "slug", "valid_from", "valid_until"),
        *("predecessors", "hex_column", "hex_row"),
    ]
    list_display = ["name", "region", "kind", "valid_from", "valid_until"]
    list_filter = ["region", "kind"]
    index_view_class = UnitList
    search_fields = ["name", "code"]


class RoleViewSet(ModelViewSet):
    model = Role
    icon = "clipboard-list"
    menu_label = _("Roles")
    form_fields = ["name", "slug", "level", "tracked"]
    list_display = ["name", "level", "tracked"]


class AppointmentViewSet(ModelViewSet):
    model = Appointment
    icon = "user"
    menu_label = _("Appointments")
    form_fields = ["member", "role", "unit", "region", "basis", "valid_from", "valid_until"]
    list_display = ["member", "role", "unit", "region", "basis", "valid_from", "valid_until"]
    list_filter = ["role", "basis"]
    index_view_class = AppointmentList
    search_fields = ["member__first_name", "member__last_name", "member__email", "unit__name"]


class PostsGroup(ModelViewSetGroup):
    menu_label = _("Posts")
    menu_icon = "group"
    items = (AppointmentViewSet, UnitViewSet, RegionViewSet, RoleViewSet)


@hooks.register("register_admin_viewset")
def people_and_places() -> PostsGroup:
    return PostsGroup()
