"""Procedures in Wagtail's admin. Whatever is saved here is saved by an action."""

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from library.procedures.wagtail_hooks import circulation as circulation  # registers its own hooks
from library.procedures.wagtail_hooks import procedures as procedures  # registers its own hooks


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what the audit log says of procedures."""
    actions.register_action("procedures.issue", _("Issue version"), _("Issued as a version"))
    actions.register_action("procedures.circulate", _("Send"), _("Sent to officers"))
    actions.register_action("procedures.address", _("Send to one more"), _("Sent to a newcomer"))
    actions.register_action("procedures.acknowledge", _("Acknowledge"), _("Acknowledged as read"))
    actions.register_action("procedures.remind", _("Remind"), _("Recipients reminded"))
