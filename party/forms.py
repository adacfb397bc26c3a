"""What members choose, and what is chosen among them."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from party.models import Member
from party.models.audiences import editors


class EmailsForm(forms.Form):
    """Whether a member wants their notices by e-mail too."""

    wanted = forms.ChoiceField(choices=[("on", _("On")), ("off", _("Off"))])


class OwnedForm(forms.BaseModelForm):
    """A form of the admin in which an owner is chosen among the editors.

    No list shows who is a member. Whoever is the owner already may stay so.
    """

    owner_field = "owner"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields.get(self.owner_field)
        if owner is not None:
            kept = Q(pk=getattr(self.instance, f"{self.owner_field}_id"))
            owner.queryset = owner.queryset.filter(Q(pk__in=editors().values("pk")) | kept)


class AddressForm(forms.Form):
    """A new e-mail address to sign in with, and the password that shows who asks."""

    email = forms.EmailField(max_length=254)
    password = forms.CharField(strip=False)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if email == self.member.email:
            raise forms.ValidationError(_("This is your e-mail address already."))
        return email

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not self.member.check_password(password):
            raise forms.ValidationError(_("This is not your current password."))
        return password
