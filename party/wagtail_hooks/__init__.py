"""People and places in the editors' admin: who holds what post, where, and who changed that.

The columns and the form of each list stand in the file of its name.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.log_actions import LogActionRegistry

from party.wagtail_hooks.appointments import AppointmentViewSet
from party.wagtail_hooks.audit import EditFormatter
from party.wagtail_hooks.regions import RegionViewSet
from party.wagtail_hooks.roles import RoleViewSet
from party.wagtail_hooks.units import UnitViewSet


class PostsGroup(ModelViewSetGroup):
    menu_label = _("Posts")
    menu_icon = "group"
    items = (AppointmentViewSet, UnitViewSet, RegionViewSet, RoleViewSet)


@hooks.register("register_admin_viewset")
def people_and_places() -> PostsGroup:
    return PostsGroup()


@hooks.register("register_log_actions", order=1000)
def edits_in_words(actions: LogActionRegistry) -> None:
    """Let every edit whose old and new values are known say them, whatever was edited."""
    actions.formatters["wagtail.edit"] = EditFormatter()
