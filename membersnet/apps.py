from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class MembersnetConfig(AppConfig):
    name = "membersnet"
    verbose_name = "Membersnet"
    default = True


class AccountsConfig(WagtailUsersAppConfig):
    """Wagtail's administration of accounts, with the forms of party."""

    user_viewset = "party.wagtail_hooks.members.MemberViewSet"
