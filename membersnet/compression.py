"""Compression of pages; films and pictures are compressed already, static files by WhiteNoise."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("text/html", "text/vtt", "application/json", "application/vnd.apple.mpegurl")


class PageCompression(GZipMiddleware):
    """Django's own gzip, for texts alone: a film must keep its byte ranges."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in COMPRESSED:
            return response
        return super().process_response(request, response)
