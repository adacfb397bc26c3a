"""The knowledge bank in Wagtail's admin. Whatever is saved here is saved by an action."""

from functools import partial

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from ground.policies import KeptPolicy
from library.facts.models import FactCard, Series
from library.facts.wagtail_hooks.facts import FactViewSet
from library.facts.wagtail_hooks.series import SeriesViewSet
from library.facts.wagtail_hooks.sheets import FactSheetViewSet

register_permission_policy(FactCard, KeptPolicy(FactCard))
register_permission_policy(Series, KeptPolicy(Series))

VIEWSETS: list[FactViewSet | SeriesViewSet | FactSheetViewSet] = [
    FactViewSet(),
    SeriesViewSet(),
    FactSheetViewSet(),
]


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what the audit log says of facts."""
    actions.register_action("facts.live", _("Make live"), _("Fact card made live"))
    actions.register_action("facts.review", _("Review"), _("Fact card put under review"))
    actions.register_action("facts.confirm", _("Confirm"), _("Fact reviewed, still accurate"))
    actions.register_action("facts.supersede", _("Supersede"), _("Fact card superseded"))
    actions.register_action("facts.publish_series", _("Publish series"), _("Series published"))
    actions.register_action("facts.import_values", _("Import values"), _("Values imported"))
    actions.register_action("facts.hide_series", _("Hide series"), _("Series hidden"))
    actions.register_action("facts.withdraw", _("Withdraw"), _("Fact card withdrawn"))


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [*VIEWSETS]


for place, viewset in enumerate(VIEWSETS, start=-len(VIEWSETS)):  # before the lists of rules
    hooks.register("register_library_menu_item", partial(viewset.get_menu_item, order=place))
