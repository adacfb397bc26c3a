"""An editor in the admin."""

import pytest


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client
