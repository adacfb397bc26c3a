"""What an address of the search page may say."""

import dataclasses
import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from search import sources
from search.engines.question import Sort
from search.questions.parsing import LONGEST

LAST_PAGE = 50
LONGEST_NAME = 200  # characters of an edition, a course or a group


@dataclasses.dataclass(frozen=True, slots=True)
class SearchParameters:
    """A question with what narrows it, as one address of the search page says it."""

    q: str = ""
    kind: str = ""
    group: str = ""
    edition: str = ""
    course: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    sort: Sort = Sort.RELEVANCE
    older: bool = False
    page: int = 1

    @property
    def filters(self) -> tuple[str, ...]:
        """The names of the filters that are set."""
        names = ("kind", "group", "edition", "course", "since", "until")
        return tuple(name for name in names if getattr(self, name))

    @property
    def is_overview(self) -> bool:
        """Whether it asks for the best of each kind, and not for a list page by page."""
        return not self.filters and self.sort is Sort.RELEVANCE and self.page == 1

    @property
    def url(self) -> str:
        """The address; what is as it would be anyway is left out of it."""
        usual = SearchParameters()
        said = {
            field.name: _written(getattr(self, field.name))
            for field in dataclasses.fields(self)
            if getattr(self, field.name) != getattr(usual, field.name)
        }
        return f"{reverse('search:results')}?{urlencode(said)}"

    def but(self, **changes: Any) -> "SearchParameters":
        """Return the same question with something changed, from its first page on."""
        return dataclasses.replace(self, **{"page": 1, **changes})

    def without(self, *names: str) -> "SearchParameters":
        """Return the same question without some filters, from its first page on."""
        usual = SearchParameters()
        return self.but(**{name: getattr(usual, name) for name in names})


class AnyText(forms.CharField):
    """Any text at all; the character that no database keeps is taken as a space."""

    def to_python(self, value: Any) -> str:
        return super().to_python(str(value or "").replace("\0", " ")) or ""


class SearchForm(forms.Form):
    """A question as it stands in an address; what makes no sense there is left out, not refused."""

    q = AnyText(label=_("What are you looking for?"), required=False)
    kind = AnyText(required=False)
    group = AnyText(required=False)
    edition = AnyText(label=_("Edition"), required=False)
    course = AnyText(label=_("Course"), required=False)
    since = AnyText(label=_("From"), required=False)
    until = AnyText(label=_("To"), required=False)
    sort = AnyText(label=_("Order"), required=False)
    older = AnyText(label=_("Editions that are not in force too"), required=False)
    page = AnyText(required=False)

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        return kind if sources.of_kind(kind) else ""

    def clean_group(self) -> str:
        return self._name("group")

    def clean_edition(self) -> str:
        return self._name("edition")

    def clean_course(self) -> str:
        return self._name("course")

    def clean_since(self) -> datetime.date | None:
        return _day(self.cleaned_data["since"])

    def clean_until(self) -> datetime.date | None:
        return _day(self.cleaned_data["until"])

    def clean_sort(self) -> Sort:
        sort = self.cleaned_data["sort"]
        return Sort(sort) if sort in list(Sort) else Sort.RELEVANCE

    def clean_older(self) -> bool:
        return bool(self.cleaned_data["older"])

    def clean_page(self) -> int:
        page = self.cleaned_data["page"]
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        return min(max(number, 1), LAST_PAGE)

    def _name(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        return text if len(text) <= LONGEST_NAME else ""

    @property
    def typed(self) -> str:
        """The whole text of the question, to stand in the box again."""
        text: str = self.cleaned_data["q"]
        return text

    @property
    def too_long(self) -> bool:
        return len(self.typed) > LONGEST

    def asked(self) -> SearchParameters:
        """Return what is asked; of a text that is too long only what will be looked for."""
        self.full_clean()
        return SearchParameters(**{**self.cleaned_data, "q": self.typed[:LONGEST].strip()})


def _written(value: Any) -> str:
    """Return a value as an address says it; what is simply so is said with 1."""
    return "1" if value is True else str(value)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if len(text) == len("2026-01-01") else None
    except ValueError:
        return None
