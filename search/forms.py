"""What an address of the search page may say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from search import sources
from search.questions import LONGEST

LAST_PAGE = 50


class SearchForm(forms.Form):
    """A question as it stands in an address; what makes no sense there is left out, not refused."""

    q = forms.CharField(label=_("What are you looking for?"), required=False)
    kind = forms.CharField(required=False)
    page = forms.CharField(required=False)

    def clean_q(self) -> str:
        return self.cleaned_data["q"].strip()

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        return kind if sources.of_kind(kind) else ""

    def clean_page(self) -> int:
        page = self.cleaned_data["page"]
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        return min(max(number, 1), LAST_PAGE)

    @property
    def too_long(self) -> bool:
        return len(self.cleaned_data.get("q", "")) > LONGEST
