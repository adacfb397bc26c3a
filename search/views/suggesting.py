"""What is suggested while somebody types."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from party.permissions import MEMBERS, audience_tokens, open_to
from search import actions


@open_to(MEMBERS)
@require_safe
@cache_control(private=True, no_store=True)
def suggest(request: HttpRequest) -> HttpResponse:
    """Return what `?q=` may become: a list of objects with kind, label, title, detail and url."""
    audience = audience_tokens(request.user)
    found = actions.suggestions(request.GET.get("q", ""), audience)
    return JsonResponse([each.as_json() for each in found], safe=False)
