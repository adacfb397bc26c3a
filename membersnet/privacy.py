"""Pages shown to a signed-in person are kept by no browser and no proxy."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase


def private_pages(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Send `Cache-Control: private, no-store` wherever a view says nothing itself."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return respond
