"""The library in Wagtail's admin. Whatever is saved here is saved by an action."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from library.models import Edition, FactCard, Work
from library.permissions import KeptPolicy
from library.wagtail_hooks.editions import EditionViewSet
from library.wagtail_hooks.facts import FactViewSet
from library.wagtail_hooks.works import WorkViewSet

register_permission_policy(Work, KeptPolicy(Work))
register_permission_policy(Edition, KeptPolicy(Edition, refused=("add", "change", "delete")))
register_permission_policy(FactCard, KeptPolicy(FactCard))


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what the audit log says of the library."""
    actions.register_action("library.import", _("Import"), _("Imported as a draft"))
    actions.register_action("library.publish", _("Publish edition"), _("Edition published"))
    actions.register_action("library.end", _("End edition"), _("Ended by the next edition"))
    actions.register_action("library.live", _("Make live"), _("Fact card made live"))
    actions.register_action("library.withdraw", _("Withdraw"), _("Fact card withdrawn"))


@hooks.register("register_admin_viewset")
def register_library() -> ModelViewSetGroup:
    """Put the library into the admin's menu."""

    class LibraryGroup(ModelViewSetGroup):
        items = (FactViewSet, WorkViewSet, EditionViewSet)
        menu_label = gettext_lazy("Library")
        menu_icon = "folder-open-inverse"
        menu_order = 300

    return LibraryGroup()
