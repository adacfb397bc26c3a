"""Regions and nations in the admin."""

from django.utils.translation import gettext_lazy as _

from party.actions.regions import change_region, create_region, remove_region
from party.models import Region
from party.views.register import RegisterViewSet


class RegionViewSet(RegisterViewSet):
    model = Region
    create = staticmethod(create_region)
    change = staticmethod(change_region)
    remove = staticmethod(remove_region)
    icon = "site"
    menu_label = _("Regions and nations")
    form_fields = ["name", "slug", "nation"]
    list_display = ["name", "nation"]
    search_fields = ["name"]
