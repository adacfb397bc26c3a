"""Learning in the editors' admin: what the audit log calls its entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def learning_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("learning.enrol", _("Enrol"), _("Enrolled"))
    actions.register_action("learning.complete", _("Complete a lesson"), _("Completed a lesson"))
    actions.register_action("learning.attempt", _("Hand in a quiz"), _("Handed in a quiz"))
    actions.register_action("learning.certify", _("Issue a certificate"), _("Issued a certificate"))
    actions.register_action(
        "learning.revoke", _("Revoke a certificate"), _("Revoked a certificate")
    )
