"""The site's settings in the environment that the tests need: a secret and a data folder of their own."""

import os
import tempfile

os.environ.update(
    MEMBERSNET_SECRET_KEY="only-for-the-tests-" + "x" * 40,
    MEMBERSNET_DATA_DIR=tempfile.mkdtemp(prefix="membersnet-tests-"),
    MEMBERSNET_HTTPS="0",
    HF_HUB_OFFLINE="1",  # no test may wait for a download
)

from membersnet.settings import *  # noqa: F403  the environment comes first
