"""What is suggested while somebody types."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from party.models.audiences import audience_tokens
from party.permissions import MEMBERS, open_to
from search.actions import suggestions


@open_to(MEMBERS)
@require_POST
@cache_control(private=True, no_store=True)
def suggest(request: HttpRequest) -> HttpResponse:
    """Return what `q` may become: a list of objects with kind, label, title, detail and url.

    It is sent in the form and not in the address: addresses are written down by servers and proxies
    with the hour and the machine they came from, and what is half typed is nobody's business.
    """
    audience = audience_tokens(request.user)
    found = suggestions.suggestions(request.POST.get("q", ""), audience)
    return JsonResponse([each.as_json() for each in found], safe=False)
