"""What a browser or a search engine keeps of the hub: no page, and nothing after signing out."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

SIGN_OUT = {"account_logout", "wagtailadmin_logout"}  # names of addresses


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


def forgetting_browsers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Have the browser forget, on signing out, what pages kept in it: progress not sent yet.

    A session that ends by itself clears nothing. Browsers heed the header on HTTPS and localhost:
    https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Clear-Site-Data
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        address = request.resolver_match
        if request.method == "POST" and address and address.url_name in SIGN_OUT:
            response.headers["Clear-Site-Data"] = '"storage"'
        return response

    return respond
