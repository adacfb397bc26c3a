"""Entry point for a WSGI server; with `--preload` its processes share what is loaded here."""

import os

from django.core.wsgi import get_wsgi_application

from membersnet.checks import require_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "membersnet.settings")
application = get_wsgi_application()
require_environment()

from membersnet.forks import load_all  # noqa: E402  Wagtail wants Django set up

load_all()
