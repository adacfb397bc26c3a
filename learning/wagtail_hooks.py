"""Learning in the editors' admin: who needs which course, and what the audit log says."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.generic import IndexView
from wagtail.log_actions import LogActionRegistry

from learning.actions.requirements import (
    change_requirement,
    require_course,
    withdraw_requirement,
)
from learning.models import Requirement
from party.views.register import RegisterViewSet


@hooks.register("register_log_actions")
def learning_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("learning.certify", _("Issue a certificate"), _("Issued a certificate"))
    actions.register_action(
        "learning.revoke", _("Revoke a certificate"), _("Revoked a certificate")
    )


class RequirementList(IndexView):
    def get_base_queryset(self) -> QuerySet[Requirement]:
        return super().get_base_queryset().select_related("role", "course")


class RequirementViewSet(RegisterViewSet):
    model = Requirement
    create = staticmethod(require_course)
    change = staticmethod(change_requirement)
    remove = staticmethod(withdraw_requirement)
    icon = "success"
    menu_label = _("Requirements")
    form_fields = ["role", "course"]
    list_display = ["role", "course"]
    index_view_class = RequirementList
    add_to_admin_menu = True


@hooks.register("register_admin_viewset")
def requirements() -> RequirementViewSet:
    return RequirementViewSet("requirements")
