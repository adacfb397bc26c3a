"""The page on which members search."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from party.models.audiences import audience_tokens
from party.permissions import MEMBERS, open_to
from search.actions import answers, question_log, suggestions
from search.actions.answers import SearchAnswer
from search.engines.question import Reach
from search.forms import SearchForm, SearchParameters
from search.views import facets, results

PER_KIND = 4  # hits of each kind on the page that shows all kinds
PER_GROUP = 2  # of those, hits of one film or chapter
PER_PAGE = 10


@open_to(MEMBERS)
@require_safe
def show_results(request: HttpRequest) -> HttpResponse:
    """Show what was found for `?q=`: the best of each kind, or a list page by page where narrowed.

    What narrows it: `kind`, `group`, `edition`, `course`, `since`, `until`; also `sort` and `page`,
    and `older`, which adds the editions that are not in force.
    """
    form = SearchForm(request.GET)
    asked = form.asked()
    context: dict[str, Any] = {"form": form, "asked": asked, "examples": examples()}
    if asked.q:
        audience = audience_tokens(request.user)
        answer = _answered(asked, audience)
        context |= _found(asked, answer, audience, asker=str(request.user.pk))
    return render(request, "search/results.html", context)


def _answered(asked: SearchParameters, audience: frozenset[str]) -> SearchAnswer:
    if asked.is_overview:
        return answers.answer(
            asked.q,
            audience=audience,
            other_editions=asked.older,
            per_kind=PER_KIND,
            per_group=PER_GROUP,
        )
    return answers.answer(
        asked.q,
        audience=audience,
        other_editions=asked.older,
        kind=asked.kind,
        group=asked.group,
        edition=asked.edition,
        course=asked.course,
        since=asked.since,
        until=asked.until,
        sort=asked.sort,
        limit=PER_PAGE,
        offset=(asked.page - 1) * PER_PAGE,
    )


def _found(
    asked: SearchParameters, answer: SearchAnswer, audience: frozenset[str], *, asker: str
) -> dict[str, Any]:
    found = answer.results
    above = results.above(answer) if asked.is_overview or not found.total else results.NOTHING_ABOVE
    context: dict[str, Any] = {
        "answer": answer,
        "above": above,
        "instead": asked.but(q=answer.instead).url if answer.instead else "",
        "as_typed": asked.but(q=answer.as_typed).url if answer.as_typed else "",
        "some_words": found.reach is Reach.SOME_WORDS,
        "total": found.total,
        "sections": results.sections(asked, found, above.documents),
        "first": asked.but().url,
        "pages": results.pages(asked, found, PER_PAGE),
        "narrowing": facets.available_facets(asked, found),
    }
    if not found.total:
        context |= _nothing_found(asked, answer, audience)
    if asked.is_overview and not answer.from_database:
        context["token"] = _noted(asked, answer, above, asker)
    return context


def _noted(
    asked: SearchParameters, answer: SearchAnswer, above: results.AboveResults, asker: str
) -> str:
    """Remember the question for the editors, without who asked; return the token for `opened`."""
    found = answer.results.total or above.links
    return question_log.log_question(asked.q, found, today=timezone.localdate(), asker=asker)


def _nothing_found(
    asked: SearchParameters, answer: SearchAnswer, audience: frozenset[str]
) -> dict[str, Any]:
    """Return what helps: filters to lift, and what comes near. One further question at most.

    None where the engine cannot be asked: the page must not wait for it once more.
    """
    wider = sum(answer.results.counts.values()) if asked.filters else 0
    if asked.filters and asked.filters != ("kind",) and not answer.from_database:
        wider = answers.answer(
            asked.q, audience=audience, other_editions=asked.older, limit=1
        ).results.total
    return {
        "wider": wider,
        "lifts": facets.lifts(asked, answer.results, wider) if wider else [],
        "nearest": [] if wider or answer.from_database else suggestions.nearest(asked.q, audience),
        "help": settings.SEARCH_HELP,
    }


def examples() -> list[tuple[str, str]]:
    """Return questions that show what can be asked, each with its address."""
    questions = [_("remove a comment"), _("quorum"), _("7.VIII.3"), _('"data protection"')]
    return [(question, SearchParameters(q=question).url) for question in questions]
