"""Signs of life: for a worker's own queues, remembered after it is gone."""

import datetime

import pytest
from django.conf import settings
from django.utils import timezone

from ground.jobs.signs import last_signs, show_life, silent_queues

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)


def test_a_worker_shows_life_for_its_own_queues_alone():
    show_life(["media", "speech"], now=NOW)
    assert last_signs() == {"default": None, "index": None, "media": NOW, "speech": NOW}


def test_when_a_worker_was_there_last_is_still_known_long_after():
    show_life(settings.QUEUES, now=NOW)
    assert silent_queues(NOW + datetime.timedelta(seconds=30)) == {}
    show_life(["index"], now=NOW + HOUR)
    assert silent_queues(NOW + HOUR) == dict.fromkeys(["default", "media", "speech"], NOW)


def test_a_sign_from_a_clock_that_was_set_back_since_counts_for_nothing():
    show_life(settings.QUEUES, now=NOW + HOUR)
    assert list(silent_queues(NOW)) == settings.QUEUES
