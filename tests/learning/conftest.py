"""What tests of learning share."""

import contextlib

import pytest
from django.db.models.signals import post_init


@pytest.fixture
def count_made():
    """List the instances of a model that are made while a block runs."""

    @contextlib.contextmanager
    def counting(model):
        made = []

        def note(instance, **_kwargs):
            made.append(instance)

        post_init.connect(note, sender=model)
        yield made
        post_init.disconnect(note, sender=model)

    return counting
