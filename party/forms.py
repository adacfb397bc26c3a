"""What members choose."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EmailsForm(forms.Form):
    """Whether a member wants her notices by e-mail too."""

    wanted = forms.ChoiceField(choices=[("on", _("On")), ("off", _("Off"))])
