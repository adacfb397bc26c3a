from django.apps import AppConfig
from django.core.checks import register
from wagtail.users.apps import WagtailUsersAppConfig


class MembersnetConfig(AppConfig):
    name = "membersnet"
    verbose_name = "Membersnet"
    default = True

    def ready(self) -> None:
        from membersnet.checks import check_environment  # settings are read before apps are

        register(check_environment)


class AccountsConfig(WagtailUsersAppConfig):
    """Wagtail's administration of accounts, with the forms of party."""

    user_viewset = "party.wagtail_hooks.members.MemberViewSet"
