"""Who reads the library, and the book they read."""

import pytest

from library.rules.models import Edition
from tests.factories.library import make_edition, make_work
from tests.factories.party import MemberFactory


@pytest.fixture
def member(db):
    return MemberFactory()


@pytest.fixture
def browser(client, member):
    """The test client, signed in as a member."""
    client.force_login(member)
    return client


@pytest.fixture
def editor(db):
    return MemberFactory(is_superuser=True, is_staff=True)


@pytest.fixture
def book(db) -> Edition:
    """The published edition of the sample book, in force."""
    return make_edition(make_work(sample=True))
