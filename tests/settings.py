"""The site's settings in the tests' own environment: a secret and a data folder."""

import os
import tempfile

os.environ.update(
    MEMBERSNET_SECRET_KEY="only-for-the-tests-" + "x" * 40,
    MEMBERSNET_DATA_DIR=tempfile.mkdtemp(prefix="membersnet-tests-"),
    MEMBERSNET_HTTPS="0",
    EMAIL_URL="consolemail://",
    MEMBERSNET_LOG_LEVEL="WARNING",
    HF_HUB_OFFLINE="1",  # no test may wait for a download
)

from membersnet.settings import *  # noqa: F403  the environment comes first

MAIL_SERVER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # fills mail.outbox

STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405  WhiteNoise warns where it is missing

if DATABASES["default"]["ENGINE"] == "membersnet.sqlite":  # noqa: F405  of the settings above
    # pytest-django knows Django's own SQLite alone by its name, and would make files of the others.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405  the same
