"""Learning in the editors' admin: who needs which course, and what the audit log says."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry

from learning.models import Requirement


@hooks.register("register_log_actions")
def learning_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("learning.certify", _("Issue a certificate"), _("Issued a certificate"))
    actions.register_action(
        "learning.revoke", _("Revoke a certificate"), _("Revoked a certificate")
    )


class RequirementViewSet(ModelViewSet):
    model = Requirement
    icon = "success"
    menu_label = _("Required courses")
    form_fields = ["role", "course"]
    list_display = ["role", "course"]
    list_select_related = ["role", "course"]
    add_to_admin_menu = True


@hooks.register("register_admin_viewset")
def requirements() -> RequirementViewSet:
    return RequirementViewSet("requirements")
