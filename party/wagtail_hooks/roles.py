"""Roles in the admin."""

from django.utils.translation import gettext_lazy as _

from ground.tables import YesNoColumn
from party.actions.roles import change_role, create_role, remove_role
from party.models import Role
from party.views.register import RegisterViewSet


class RoleViewSet(RegisterViewSet):
    model = Role
    create = staticmethod(create_role)
    change = staticmethod(change_role)
    remove = staticmethod(remove_role)
    icon = "clipboard-list"
    menu_label = _("Roles")
    form_fields = ["name", "slug", "level", "tracked"]
    list_display = ["name", "level", YesNoColumn("tracked", label=_("Counted as a post"))]
