from django.apps import AppConfig


class MembersnetConfig(AppConfig):
    name = "membersnet"
    verbose_name = "Membersnet"
