"""The national team in the admin."""

import pytest

from party.models import Member


@pytest.fixture
def national(client):
    member = Member.objects.create_superuser("national@members.example", "x", first_name="Nia")
    client.force_login(member)
    return member
