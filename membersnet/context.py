"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return whether this is the demonstration, for the line at the foot of each page."""
    return {"demonstration": settings.DEMO}
