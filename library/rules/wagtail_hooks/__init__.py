"""Rules in Wagtail's admin. Whatever is saved here is saved by an action."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from ground.policies import KeptPolicy
from library.rules.models import CitationFlag, Edition, RulesImport, Subject, Work
from library.rules.permissions import LibrariansPolicy
from library.rules.wagtail_hooks import lineage as lineage  # registers its own hooks
from library.rules.wagtail_hooks.editions import EditionViewSet
from library.rules.wagtail_hooks.flags import FlagViewSet
from library.rules.wagtail_hooks.imports import ImportViewSet
from library.rules.wagtail_hooks.subjects import SubjectViewSet
from library.rules.wagtail_hooks.works import WorkViewSet

register_permission_policy(Work, KeptPolicy(Work))
register_permission_policy(Edition, KeptPolicy(Edition, refused=("add", "change", "delete")))
register_permission_policy(RulesImport, LibrariansPolicy(RulesImport, "view", "add", "change"))
register_permission_policy(Subject, LibrariansPolicy(Subject, "view", "add", "change", "delete"))
register_permission_policy(CitationFlag, LibrariansPolicy(CitationFlag, "view"))


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what the audit log says of rules."""
    actions.register_action("rules.import", _("Import"), _("Imported as a draft"))
    actions.register_action("rules.publish", _("Publish edition"), _("Edition published"))
    actions.register_action("rules.propose_lineage", _("Propose"), _("What it follows proposed"))
    actions.register_action("rules.confirm_lineage", _("Confirm"), _("What it follows confirmed"))
    actions.register_action("rules.resolve_flag", _("Look at"), _("CitingText text reviewed"))
    actions.register_action("rules.end", _("End edition"), _("Ended by the next edition"))
    actions.register_action("rules.request_import", _("Upload a file"), _("File uploaded"))
    actions.register_action("rules.retry_import", _("Read again"), _("File read again"))
    actions.register_action("rules.remove_import", _("Remove"), _("File removed"))
    actions.register_action("rules.save_draft", _("Save"), _("Text of the draft saved"))
    actions.register_action("rules.accept_doubts", _("Accept"), _("Doubts found to be right"))
    actions.register_action("rules.restrict", _("Restrict"), _("Who may read it changed"))
    actions.register_action("rules.discard", _("Discard"), _("Draft discarded"))


@hooks.register("register_admin_viewset")
def register_library() -> ModelViewSetGroup:
    """Put the library into the admin's menu; facts and procedures add their lists to it."""

    class LibraryGroup(ModelViewSetGroup):
        items = (WorkViewSet, EditionViewSet, ImportViewSet, SubjectViewSet, FlagViewSet)
        menu_label = gettext_lazy("Library")
        menu_icon = "folder-open-inverse"
        menu_order = 300
        submenu_hook = "register_library_menu_item"

    return LibraryGroup()
