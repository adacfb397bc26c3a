"""Entry point for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from membersnet.checks import require_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "membersnet.settings")
application = get_wsgi_application()
require_environment()
