"""The subject index of a work."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from library.rules.models import Provision, Subject, Work
from library.rules.views.reading import addresses, status
from party.models.audiences import audience_tokens
from party.permissions import MEMBERS, open_to

Indexed = tuple[
    Subject, list[tuple[str, str]], list[str]
]  # with names and addresses; where to look


@open_to(MEMBERS)
def subjects(request: HttpRequest, work: str) -> HttpResponse:
    """List a work's subjects from A to Z, each with the provisions in force that deal with it."""
    address = addresses.read_address(addresses.published_work(request, work))
    readable = address.shown.provisions.readable_by(audience_tokens(request.user))
    shown = _shown(address.work, readable.defer("text"), address.home)
    letters = [
        (letter, list(found)) for letter, found in groupby(shown, key=lambda each: _letter(each[0]))
    ]
    return render(
        request, "rules/subjects.html", status.about(request, address) | {"letters": letters}
    )


def _shown(work: Work, readable: Iterable[Provision], home: str) -> list[Indexed]:
    """Return the subjects that lead anywhere for this reader; three queries with `readable`.

    Where they may read none of a subject's entries, its name is not for them either.
    """
    by_lineage = {provision.lineage: provision for provision in readable}
    found: dict[int, Indexed] = {}
    subjects = list(work.subjects.select_related("see").prefetch_related("entries"))
    for subject in subjects:
        places = [by_lineage[e.lineage] for e in subject.entries.all() if e.lineage in by_lineage]
        places.sort(key=lambda each: each.position)
        if places:
            links = [(each.cited_as or str(each), each.read_below(home)) for each in places]
            found[subject.pk] = (subject, links, [])
    for subject in subjects:
        shown = subject.pk in found or not subject.entries.all()
        if shown and subject.see_id in found and subject.see:
            found.setdefault(subject.pk, (subject, [], []))[2].append(subject.see.name)
    return sorted(found.values(), key=lambda each: each[0].name.casefold())


def _letter(subject: Subject) -> str:
    return subject.name[:1].upper()
