"""The words to which a work gives a meaning."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from library.views.reading import finding, standing
from library.views.reading.linked import Words
from party.permissions import MEMBERS, audience_tokens, open_to


@open_to(MEMBERS)
def words(request: HttpRequest, work: str) -> HttpResponse:
    """List every defined word from A to Z, with its meaning and where that is said."""
    address = finding.read_address(finding.published_work(request, work))
    known = Words(address.shown, audience_tokens(request.user), address.home)
    context = {"meanings": known.all()}
    return render(request, "library/words.html", standing.about(request, address) | context)
