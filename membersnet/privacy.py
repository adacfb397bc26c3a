"""Pages shown to a signed-in person are kept by no browser and no proxy, and found by no engine."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


def private_pages(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Send `Cache-Control: private, no-store` wherever a view says nothing itself.

    And `X-Robots-Tag: noindex` with every answer, files too, but for the pages that the settings
    name as `FOUND_BY_SEARCH_ENGINES`.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        match = request.resolver_match
        if match is None or match.view_name not in settings.FOUND_BY_SEARCH_ENGINES:
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return respond
