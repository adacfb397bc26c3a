"""The draft that is changed."""

import pytest

from library.rules.models import Edition
from tests.factories.library import make_edition, make_work
from tests.library.rules.actions.drafts import TEXT


@pytest.fixture
def draft(db) -> Edition:
    return make_edition(make_work(), f"# Book\n\n{TEXT}", publish=False)
