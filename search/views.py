"""The page on which members search."""

import math
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from party.permissions import MEMBERS, audience_tokens, open_to
from search import actions, sources
from search.engines.base import EngineUnavailable, Hit, IndexMissing, Reach, Results
from search.forms import LAST_PAGE, SearchForm

PER_KIND = 4  # hits of each kind on the page that shows all kinds
PER_GROUP = 2  # of those, hits of one film or chapter
PER_PAGE = 10


@dataclass(frozen=True)
class KindShown:
    """One kind on the page: its hits, how many there are in all, and where all of them are."""

    kind: str
    label: str | Promise
    label_one: str | Promise
    count: int
    url: str
    current: bool = False
    hits: list[Hit] = field(default_factory=list)

    @property
    def more(self) -> bool:
        return self.count > len(self.hits)


@open_to(MEMBERS)
def results(request: HttpRequest) -> HttpResponse:
    """Show what was found for `?q=`, of all kinds or, page by page, of one (`&kind=`, `&page=`)."""
    form = SearchForm(request.GET)
    form.full_clean()
    asked = form.cleaned_data
    context: dict[str, Any] = {"form": form, "question": asked["q"], "examples": examples()}
    if asked["q"]:
        try:
            found = _found(request, **asked)
        except (IndexMissing, EngineUnavailable):
            actions.request_indexing()
            context["preparing"] = True
        else:
            context |= _shown(found, asked["q"], asked["kind"], asked["page"])
    return render(request, "search/results.html", context)


def _found(request: HttpRequest, *, q: str, kind: str, page: int) -> Results:
    audience = audience_tokens(request.user)
    if not kind:
        return actions.ask(q, audience=audience, per_kind=PER_KIND, per_group=PER_GROUP)
    offset = (page - 1) * PER_PAGE
    return actions.ask(q, audience=audience, kind=kind, limit=PER_PAGE, offset=offset)


def _shown(found: Results, question: str, kind: str, page: int) -> dict[str, Any]:
    kinds = _filters(found, question, kind)
    pages = min(LAST_PAGE, math.ceil(found.total / PER_PAGE)) if kind else 1
    return {
        "found": found,
        "some_words": found.reach is Reach.SOME_WORDS,
        "total": sum(found.counts.values()),
        "everything": address(question),
        "kind": next((each for each in kinds if each.current), None),
        "filters": kinds,
        "groups": _groups(found, kinds),
        "page": page,
        "pages": pages,
        "previous": address(question, kind, page - 1) if page > 1 else "",
        "next": address(question, kind, page + 1) if page < pages else "",
    }


def _filters(found: Results, question: str, kind: str) -> list[KindShown]:
    """Return every kind of which something was found, and the one asked for even so."""
    return [
        KindShown(
            kind=source.kind,
            label=source.label,
            label_one=source.label_one or source.label,
            count=found.counts.get(source.kind, 0),
            url=address(question, source.kind),
            current=source.kind == kind,
        )
        for source in sources.registered()
        if source.kind in found.counts or source.kind == kind
    ]


def _groups(found: Results, kinds: list[KindShown]) -> list[KindShown]:
    """Return the hits by kind, in the order in which the engine found the kinds best."""
    known = {each.kind: each for each in kinds}
    groups = []
    for kind, hits in groupby(found.hits, key=lambda hit: hit.document.kind):
        if kind in known:
            known[kind].hits.extend(hits)
            groups.append(known[kind])
    return groups


def address(question: str, kind: str = "", page: int = 1) -> str:
    """Return the address of a page of results."""
    parts = {"q": question, **({"kind": kind} if kind else {})}
    if page > 1:
        parts["page"] = str(page)
    return f"{reverse('search:results')}?{urlencode(parts)}"


def examples() -> list[tuple[str, str]]:
    """Return questions that show what can be asked, each with its address."""
    questions = [_("remove a comment"), _("quorum"), _("7.VIII.3"), _('"data protection"')]
    return [(question, address(question)) for question in questions]
