"""The words to which a work gives a meaning."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from library.rules.views.reading import addresses, status
from library.rules.views.reading.cross_references import Words
from party.models.audiences import audience_tokens
from party.permissions import MEMBERS, open_to


@open_to(MEMBERS)
def words(request: HttpRequest, work: str) -> HttpResponse:
    """List every defined word from A to Z, with its meaning and where that is said."""
    address = addresses.read_address(addresses.published_work(request, work))
    known = Words(address.shown, audience_tokens(request.user), address.home)
    context = {"meanings": known.all()}
    return render(request, "rules/words.html", status.about(request, address) | context)
