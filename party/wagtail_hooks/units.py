"""Units in the admin."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import IndexView

from party.actions.units import change_unit, create_unit, remove_unit
from party.models import Unit
from party.views.register import RegisterViewSet


class UnitList(IndexView):
    def get_base_queryset(self) -> QuerySet[Unit]:
        return super().get_base_queryset().select_related("region")


class UnitViewSet(RegisterViewSet):
    model = Unit
    create = staticmethod(create_unit)
    change = staticmethod(change_unit)
    remove = staticmethod(remove_unit)
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
