"""Rules as they are read: works, their contents, and each provision in its place."""

from collections.abc import Iterable

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from library.models import Edition, Provision, Work, nest
from library.rulebooks.references import Piece, Reference, find_references, pieces
from party.permissions import MEMBERS, audience_tokens, open_to


@open_to(MEMBERS)
def works(request: HttpRequest) -> HttpResponse:
    """List the works this member may read, each with the edition that is shown."""
    today = timezone.localdate()
    found = list(Work.objects.visible_to(request.user).published())
    shown = [(work, _edition_of(work)) for work in found]
    return render(
        request,
        "library/works.html",
        {"works": [(work, edition, edition.standing(today)) for work, edition in shown]},
    )


@open_to(MEMBERS)
def work(request: HttpRequest, work: str) -> HttpResponse:
    """Show a work's contents: its chapters and their clauses."""
    edition = _edition_to_show(request, work)
    headings = edition.provisions.exclude(
        kind__in=[Provision.Kind.PROVISION, Provision.Kind.LEAD_IN]
    )
    contents = nest(headings.order_by("position"))
    return render(request, "library/work.html", _about(edition) | {"contents": contents})


@open_to(MEMBERS)
def chapter(request: HttpRequest, work: str, chapter: str) -> HttpResponse:
    """Show one chapter, appendix or part as a page, with an anchor at every provision."""
    edition = _edition_to_show(request, work)
    tops = list(edition.provisions.filter(parent=None).order_by("position"))
    index = next((i for i, top in enumerate(tops) if top.path == chapter), None)
    if index is None:
        raise Http404(_("This edition has no such chapter."))
    provisions = list(Provision.objects.within([tops[index]]))
    _link_references(request, edition, provisions)
    top = nest(provisions)[0]
    context = {
        "chapter": top,
        "clauses": [child for child in top.below if child.kind == Provision.Kind.CLAUSE],
        "contents": tops,
        "previous": tops[index - 1] if index else None,
        "next": tops[index + 1] if index + 1 < len(tops) else None,
    }
    return render(request, "library/chapter.html", _about(edition) | context)


@open_to(MEMBERS)
def provision(request: HttpRequest, work: str, place: str) -> HttpResponse:
    """Lead from a provision's own address ("7/VIII/3/A", or "7.VIII.3.A") to where it is read."""
    edition = _edition_to_show(request, work)
    place = place.strip("/").replace("\0", "")  # PostgreSQL refuses to look for a NUL
    found = list(edition.provisions.filter(Q(path__iexact=place) | Q(citation__iexact=place)))
    if not found:
        raise Http404(_("This edition has no such provision."))
    found.sort(key=lambda provision: place not in (provision.path, provision.citation))
    found[0].edition = edition
    return redirect(found[0])


def _edition_of(work: Work) -> Edition:
    """Return the edition of a published work that is shown today."""
    edition = work.edition_to_show(timezone.localdate())
    if edition is None:
        raise Http404(_("Nothing of this is published."))
    edition.work = work
    return edition


def _edition_to_show(request: HttpRequest, slug: str) -> Edition:
    return _edition_of(
        get_object_or_404(Work.objects.visible_to(request.user).published(), slug=slug)
    )


def _about(edition: Edition) -> dict[str, object]:
    """Return what every page of a work needs to say where the reader is."""
    return {
        "work": edition.work,
        "edition": edition,
        "standing": edition.standing(timezone.localdate()),
        "standings": Edition.Standing,
    }


def _link_references(
    request: HttpRequest, edition: Edition, provisions: Iterable[Provision]
) -> None:
    """Give each provision its text in `pieces`, with cross-references made links.

    Two queries at most, however many references there are.
    """
    references = {
        provision.pk: find_references(provision.text, provision.top) for provision in provisions
    }
    urls = _addresses(request, edition, [ref for refs in references.values() for ref in refs])
    for provision in provisions:
        known = {ref: urls[ref] for ref in references[provision.pk] if ref in urls}
        provision.pieces = pieces(provision.text, known) or [Piece("")]


def _addresses(
    request: HttpRequest, edition: Edition, references: list[Reference]
) -> dict[Reference, str]:
    """Return the addresses of those references that resolve in what this person may read."""
    if not references:
        return {}
    wanted = Q(edition=edition)
    if any(reference.elsewhere for reference in references):
        tokens = audience_tokens(request.user)
        current = Edition.objects.current().filter(work__audience__in=tokens)
        wanted |= Q(edition__in=current)
    cited = Provision.objects.filter(
        wanted, citation__in={reference.citation for reference in references}
    ).select_related("edition__work")
    known: dict[tuple[int | None, str], Provision] = {
        (found.edition_id, found.citation): found for found in cited
    }
    titles = {found.edition.work.title: found.edition_id for found in cited}
    return {
        reference: found.get_absolute_url()
        for reference in references
        if (found := known.get((_edition_meant(reference, edition, titles), reference.citation)))
    }


def _edition_meant(reference: Reference, edition: Edition, titles: dict[str, int]) -> int | None:
    """Return the edition that a reference is to: this one, or that of the work it names."""
    if not reference.elsewhere:
        return edition.pk
    return next((pk for title, pk in titles.items() if reference.elsewhere.startswith(title)), None)
