"""Members in the admin: Wagtail's own forms for accounts, through our actions."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import CopyViewMixin
from wagtail.users.views import users

from party.actions.members import change_member, open_account, remove_member
from party.models import Member
from party.views.register import (
    RegisterCreateView,
    RegisterDeleteView,
    RegisterEditView,
    RegisterViewSet,
)


class MemberList(users.IndexView):
    page_title = _("Members")


class MemberCreateView(RegisterCreateView, users.CreateView):
    def save_instance(self) -> Member:
        given = _account(self.form.cleaned_data)
        return self.verb(**given, by=self.request.user, now=timezone.now())


class MemberCopyView(CopyViewMixin, MemberCreateView):
    pass


class MemberEditView(RegisterEditView, users.EditView):
    def save_instance(self) -> Member:
        given = _account(self.form.cleaned_data)
        member = self.verb(self.form.instance, **given, by=self.request.user, now=timezone.now())
        if member == self.request.user and given["password"]:
            update_session_auth_hash(self.request, member)  # they stay signed in
        return member


class MemberDeleteView(RegisterDeleteView, users.DeleteView):
    pass


class MemberViewSet(RegisterViewSet, users.UserViewSet):
    create = staticmethod(open_account)
    change = staticmethod(change_member)
    remove = staticmethod(remove_member)
    menu_label = _("Members")
    index_view_class = MemberList
    add_view_class = MemberCreateView
    copy_view_class = MemberCopyView
    edit_view_class = MemberEditView
    delete_view_class = MemberDeleteView


def _account(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed as the actions take it."""
    given = {name: value for name, value in cleaned.items() if name[:8] != "password"}
    return {**given, "password": cleaned.get("password1", "")}
