"""Members in the admin: Wagtail's own forms for accounts, through our actions."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.generic import CopyViewMixin
from wagtail.users.forms import UserCreationForm, UserEditForm, UsernameForm
from wagtail.users.views import users

from ground.tables import YesNoColumn
from party.actions.members import change_member, open_account, remove_member
from party.models import Member
from party.views.register import (
    RegisterCreateView,
    RegisterDeleteView,
    RegisterEditView,
    RegisterViewSet,
)


class AccountForm:
    """Wagtail's form of an account in our words."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["first_name"].label = _("First name")
        self.fields["last_name"].label = _("Last name")


class NewAccountForm(AccountForm, UserCreationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "Leave it empty: the member is sent an e-mail with which they choose their own."
        )


class ChangedAccountForm(AccountForm, UserEditForm):
    pass


class MemberList(users.IndexView):
    page_title = _("Members")
    add_item_label = _("Add a member")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        columns = {column.name: column for column in super().columns}
        columns["email"].label = _("E-mail address")
        shown = YesNoColumn("is_active", label=_("Active"), sort_key="is_active", width="10%")
        return list({**columns, "is_active": shown}.values())


class MemberCreateView(RegisterCreateView, users.CreateView):
    page_title = _("Add a member")
    success_message = _("“%(object)s” is a member now.")

    def save_instance(self) -> Member:
        given = _account(self.form.cleaned_data)
        return self.verb(**given, by=self.request.user, now=timezone.now())


class MemberCopyView(CopyViewMixin, MemberCreateView):
    pass


class MemberEditView(RegisterEditView, users.EditView):
    success_message = _("“%(object)s” is changed.")
    error_message = _("Nothing was saved. Correct the errors below.")

    def save_instance(self) -> Member:
        given = _account(self.form.cleaned_data)
        member = self.verb(self.form.instance, **given, by=self.request.user, now=timezone.now())
        if member == self.request.user and given["password"]:
            update_session_auth_hash(self.request, member)  # they stay signed in
        return member


class MemberDeleteView(RegisterDeleteView, users.DeleteView):
    page_title = _("Delete member")
    success_message = _("“%(object)s” is deleted.")


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

    def get_form_class(self, for_update: bool = False) -> type[UsernameForm]:
        return ChangedAccountForm if for_update else NewAccountForm


def _account(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed as the actions take it."""
    given = {name: value for name, value in cleaned.items() if name[:8] != "password"}
    return {**given, "password": cleaned.get("password1", "")}
