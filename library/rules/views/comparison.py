"""Editions side by side: which there are, what changed between two, and what that is for me."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from library.rules.models import CitingText, Edition, Follow, Work
from library.rules.models.changes import LABELS, ChapterChanges, Comparison, counted
from library.rules.views.reading.addresses import day_of, published_work
from party.models.audiences import audience_tokens
from party.permissions import MEMBERS, open_to

PER_PAGE = 150  # provisions of one chapter
SIDE, INLINE = "side", "inline"


def find_edition(work: Work, slug: str) -> Edition:
    """Return one of a work's published editions by its address, or answer 404."""
    for edition in work.published_editions:
        if edition.slug == slug:
            return edition
    raise Http404(_("This work has no such edition."))


@open_to(MEMBERS)
def editions(request: HttpRequest, work: str) -> HttpResponse:
    """List a work's editions, the newest first, and offer to compare any two.

    With a day (`?on=`), lead to how the work, or a `place` of it, stood on it.
    """
    found = published_work(request, work)
    on, asked = request.GET.get("on", ""), request.GET.get("place", "").strip("/")
    if day := day_of(on):
        return redirect("rules:place", found.slug, "/".join([day.isoformat(), asked]))
    today = timezone.localdate()
    newest_first = list(reversed(found.published_editions))
    context = {
        "work": found,
        "editions": [(edition, edition.standing(today)) for edition in newest_first],
        "before": newest_first[1] if len(newest_first) > 1 else None,
        "asked_place": asked,
        "asked_citation": asked.replace("/", "."),
        "no_day": on,
        "followed": Follow.objects.visible_to(request.user).lineages(found),
    }
    return render(request, "rules/editions.html", context)


@open_to(MEMBERS)
def choose_editions(request: HttpRequest, work: str) -> HttpResponse:
    """Lead from two editions picked in a form to their comparison."""
    found = published_work(request, work)
    older = find_edition(found, request.GET.get("from", ""))
    newer = find_edition(found, request.GET.get("to", ""))
    return redirect("rules:comparison", found.slug, *_in_order(older, newer))


def _in_order(one: Edition, other: Edition) -> tuple[str, str]:
    """Return the addresses of two editions, that of the older one first."""
    first, second = sorted((one, other), key=lambda edition: edition.in_force_from)
    return first.slug, second.slug


@open_to(MEMBERS)
def comparison(request: HttpRequest, work: str, older: str, newer: str) -> HttpResponse:
    """Sum up, chapter by chapter, what changed between two editions."""
    found = published_work(request, work)
    before, after = find_edition(found, older), find_edition(found, newer)
    if before.in_force_from > after.in_force_from:
        return redirect("rules:comparison", found.slug, after.slug, before.slug)
    compared = Comparison(before, after, audience_tokens(request.user))
    changed = compared.chapters()
    context = _about(compared) | {
        "chapters": changed,
        "counts": counted(changed),
        "unchanged": len(compared.all_chapters) - len(changed),
    }
    return render(request, "rules/comparison.html", context)


@open_to(MEMBERS)
def compared_chapter(
    request: HttpRequest, work: str, older: str, newer: str, chapter: str
) -> HttpResponse:
    """Show one chapter of two editions word by word, side by side or as one text."""
    found = published_work(request, work)
    compared = Comparison(
        find_edition(found, older), find_edition(found, newer), audience_tokens(request.user)
    )
    changes = compared.of_chapter(chapter)
    if not changes:
        raise Http404(_("Neither edition has such a chapter."))
    everything = request.GET.get("show") == "all"
    shown = changes if everything else [each for each in changes if each.kinds]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = _about(compared) | {
        "chapter": changes[0].shown,
        "page": page,
        "left": compared.left(chapter),
        "hidden": len(changes) - len(shown),
        "everything": everything,
        "view": INLINE if request.GET.get("view") == INLINE else SIDE,
        **_neighbours(compared.chapters(), chapter),
    }
    return render(request, "rules/compared_chapter.html", context)


def _about(compared: Comparison) -> dict[str, Any]:
    return {
        "work": compared.newer.work,
        "older": compared.older,
        "newer": compared.newer,
        "labels": list(LABELS.items()),
    }


def _neighbours(chapters: list[ChapterChanges], path: str) -> dict[str, Any]:
    """Return the changed chapters before and after the one at an address."""
    paths = [each.chapter.path for each in chapters]
    if path not in paths:
        return {}
    at = paths.index(path)
    return {
        "previous": chapters[at - 1].chapter if at else None,
        "next": chapters[at + 1].chapter if at + 1 < len(chapters) else None,
    }


@open_to(MEMBERS)
def changes(request: HttpRequest, work: str) -> HttpResponse:
    """Tell a member what changed in what they follow, in what their lessons cite, and else.

    The latest change, or all since an edition (`?since=`).
    """
    found = published_work(request, work)
    newest = find_edition(found, found.published_editions[-1].slug)
    since = _since(found, request.GET.get("since", ""))
    follows = Follow.objects.visible_to(request.user).lineages(found)
    context: dict[str, Any] = {
        "work": found,
        "newer": newest,
        "older": since,
        "editions": found.published_editions[:-1],
        "standing": newest.standing(timezone.localdate()),
        "followed": follows,
    }
    if since:
        compared = Comparison(since, newest, audience_tokens(request.user))
        lessons = list(CitingText.objects.filter(work=found, kind="lesson").open_to(request.user))
        context["groups"] = _groups(compared, follows, lessons)
        context["counts"] = counted(compared.chapters())
    return render(request, "rules/changes.html", context)


def _since(work: Work, slug: str) -> Edition | None:
    """Return the edition since which changes are told: the one asked for, or the last but one."""
    earlier = work.published_editions[:-1]
    if slug and slug not in {edition.slug for edition in earlier}:
        raise Http404(_("This work has no such edition before the newest."))
    return find_edition(work, slug or earlier[-1].slug) if earlier else None


def _groups(
    compared: Comparison, follows: Iterable[Any], lessons: Iterable[CitingText]
) -> list[dict[str, Any]]:
    """Return the changed chapters: followed ones, those cited in lessons, and the rest."""
    citing: dict[Any, dict[str, CitingText]] = {}
    for lesson in lessons:
        if chapter := compared.chapter_cited(lesson.lineage, lesson.citation):
            citing.setdefault(chapter, {})[lesson.url] = lesson
    groups: dict[str, list[Any]] = {"followed": [], "cited": [], "other": []}
    for each in compared.chapters():
        taught = list(citing.get(each.chapter.lineage, {}).values())
        name = "followed" if each.is_one_of(follows) else "cited" if taught else "other"
        groups[name].append((each, taught))
    titles = {
        "followed": _("In what you follow"),
        "cited": _("In what your lessons cite"),
        "other": _("Everything else"),
    }
    return [
        {"name": name, "title": titles[name], "chapters": chapters}
        for name, chapters in groups.items()
        if chapters
    ]
