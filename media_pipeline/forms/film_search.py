"""What narrows the films offered in the chooser."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.choosers import BaseFilterForm

from media_pipeline.models import Film


class FindForm(BaseFilterForm):
    """Narrows the films offered to those with certain words in their title."""

    q = forms.CharField(label=gettext_lazy("Words in the title"), required=False)

    def filter(self, objects: QuerySet[Film]) -> QuerySet[Film]:
        """Keep the films whose title contains what was typed."""
        words = self.cleaned_data["q"].strip()
        if words:
            self.is_searching, self.search_query = True, words
            objects = objects.filter(title__icontains=words)
        return objects
