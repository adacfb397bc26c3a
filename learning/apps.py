from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "learning"
    verbose_name = _("Learning")

    def ready(self) -> None:
        from learning.views import panels
        from party.panels import PlacePage, register

        register(PlacePage.REGIONS, panels.REGIONS)
        register(PlacePage.REGION, panels.REGION)
        register(PlacePage.UNIT, panels.UNIT)
