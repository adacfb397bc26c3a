"""The content security policy: strict, with one stated exception for Wagtail's admin."""

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ADMIN_PREFIX = "/admin/"
# Wagtail 8's date widgets and inline panels still write inline scripts and styles.
ADMIN_EXCEPTIONS = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:", *settings.MEDIA_STORAGE.origins],
    "frame-src": [SELF],
}


class PolicyMiddleware(CSPMiddleware):
    """Sends the site's policy; below `/admin/` with the exceptions that Wagtail needs."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith(ADMIN_PREFIX):
            replaced: dict[str, Any] = getattr(response, "_csp_replace", None) or {}
            response._csp_replace = {**ADMIN_EXCEPTIONS, **replaced}  # type: ignore[attr-defined]  # read by django-csp
        return super().process_response(request, response)
