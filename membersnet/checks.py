"""What must be set in the environment before the hub is served."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured


def check_environment(
    app_configs: Sequence[AppConfig] | None, **options: object
) -> list[CheckMessage]:
    """Return an error for each variable that serving needs: Django's system check."""
    return [Error(sentence, id="membersnet.E001") for sentence in settings.UNSET]


def require_environment() -> None:
    """Refuse to serve where a variable is missing; a WSGI server runs no checks.

    Raises ImproperlyConfigured, with a sentence for each.
    """
    if settings.UNSET:
        raise ImproperlyConfigured("\n".join(settings.UNSET))
