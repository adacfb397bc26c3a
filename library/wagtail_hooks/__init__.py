"""The library in Wagtail's admin. Whatever is saved here is saved by an action."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from library.models import Edition, FactCard, RulesImport, Series, Subject, Work
from library.permissions import KeptPolicy, LibrariansPolicy, SubjectsPolicy
from library.wagtail_hooks import circulation as circulation  # registers its own hooks
from library.wagtail_hooks import lineage as lineage  # registers its own hooks
from library.wagtail_hooks import procedures as procedures  # registers its own hooks
from library.wagtail_hooks.editions import EditionViewSet
from library.wagtail_hooks.fact_sheets import FactSheetViewSet
from library.wagtail_hooks.facts import FactViewSet
from library.wagtail_hooks.flags import FlagViewSet
from library.wagtail_hooks.imports import ImportViewSet
from library.wagtail_hooks.series import SeriesViewSet
from library.wagtail_hooks.subjects import SubjectViewSet
from library.wagtail_hooks.works import WorkViewSet

register_permission_policy(Work, KeptPolicy(Work))
register_permission_policy(Edition, KeptPolicy(Edition, refused=("add", "change", "delete")))
register_permission_policy(RulesImport, LibrariansPolicy(RulesImport))
register_permission_policy(Subject, SubjectsPolicy(Subject))
register_permission_policy(FactCard, KeptPolicy(FactCard))
register_permission_policy(Series, KeptPolicy(Series))


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what the audit log says of the library."""
    actions.register_action("library.import", _("Import"), _("Imported as a draft"))
    actions.register_action("library.publish", _("Publish edition"), _("Edition published"))
    actions.register_action("library.propose_lineage", _("Propose"), _("What it follows proposed"))
    actions.register_action("library.confirm_lineage", _("Confirm"), _("What it follows confirmed"))
    actions.register_action("library.looked_at", _("Look at"), _("Text that cites it looked at"))
    actions.register_action("library.end", _("End edition"), _("Ended by the next edition"))
    actions.register_action("library.request_import", _("Give a file"), _("File given to be read"))
    actions.register_action("library.retry_import", _("Read again"), _("File read again"))
    actions.register_action("library.remove_import", _("Take back"), _("File taken back"))
    actions.register_action("library.mend", _("Mend"), _("Tree mended"))
    actions.register_action("library.undo_mend", _("Undo"), _("Last change undone"))
    actions.register_action("library.restrict", _("Restrict"), _("Who may read it changed"))
    actions.register_action("library.discard", _("Discard"), _("Draft discarded"))
    actions.register_action("library.issue", _("Issue version"), _("Issued as a version"))
    actions.register_action("library.circulate", _("Send"), _("Sent to officers"))
    actions.register_action("library.address", _("Send to one more"), _("Sent to a newcomer"))
    actions.register_action("library.acknowledge", _("Acknowledge"), _("Acknowledged as read"))
    actions.register_action("library.remind", _("Remind"), _("Addressees reminded"))
    actions.register_action("library.live", _("Make live"), _("Fact card made live"))
    actions.register_action("library.review", _("Review"), _("Fact card put under review"))
    actions.register_action("library.keep", _("Keep"), _("Fact card looked at again: it holds"))
    actions.register_action("library.supersede", _("Supersede"), _("Fact card superseded"))
    actions.register_action("library.publish_series", _("Publish series"), _("Series published"))
    actions.register_action("library.hide_series", _("Hide series"), _("Series hidden"))
    actions.register_action("library.withdraw", _("Withdraw"), _("Fact card withdrawn"))


@hooks.register("register_admin_viewset")
def register_library() -> ModelViewSetGroup:
    """Put the library into the admin's menu."""

    class LibraryGroup(ModelViewSetGroup):
        items = (
            FactViewSet,
            SeriesViewSet,
            FactSheetViewSet,
            WorkViewSet,
            EditionViewSet,
            ImportViewSet,
            SubjectViewSet,
            FlagViewSet,
        )
        menu_label = gettext_lazy("Library")
        menu_icon = "folder-open-inverse"
        menu_order = 300
        submenu_hook = "register_library_menu_item"

    return LibraryGroup()
