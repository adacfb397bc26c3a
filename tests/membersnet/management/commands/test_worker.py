"""What a worker does beside its tasks: signs of life, and duties that survive a fault."""

import datetime
import threading

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management.base import CommandError
from django.utils import timezone

from membersnet.management.commands.worker import (
    SIGN_OF_LIFE,
    duties,
    keep_doing,
    look_after_notices,
    served_queues,
    show_life,
)
from party.models import Notice
from tests.factories.party import MemberFactory


def test_a_worker_for_every_queue_serves_every_queue():
    assert served_queues("*") == settings.TASKS["default"]["QUEUES"]
    assert served_queues("media, index") == ["media", "index"]


def test_a_queue_that_there_is_not_is_named_with_those_that_there_are():
    with pytest.raises(CommandError) as refusal:
        served_queues("media,post,mail")
    assert "There is no queue called mail, post." in str(refusal.value)
    for queue in settings.TASKS["default"]["QUEUES"]:
        assert queue in str(refusal.value)


@pytest.mark.django_db
def test_a_worker_shows_life_for_its_own_queues_alone():
    before = timezone.now()
    show_life(["media", "speech"])
    seen = {queue: cache.get(SIGN_OF_LIFE.format(queue=queue)) for queue in served_queues("*")}
    shown = {queue for queue, sign in seen.items() if sign and before <= sign <= timezone.now()}
    assert shown == {"media", "speech"}


def test_every_worker_has_the_same_duties_in_the_same_rhythm():
    rhythm = [every for every, _duty in duties(["media"])]
    assert rhythm == [every for every, _duty in duties(["index"])]
    assert all(every > 0 for every in rhythm)
    assert look_after_notices in [duty for _every, duty in duties(["media"])]


@pytest.mark.django_db
def test_a_duty_that_fails_is_done_again_and_the_log_says_why(caplog):
    stop, calls = threading.Event(), []

    def duty():
        calls.append(len(calls))
        if len(calls) == 3:
            stop.set()
        raise OSError("the storage is away")

    keep_doing(stop, 0.0, duty)
    assert calls == [0, 1, 2]
    assert "the storage is away" in caplog.text


@pytest.mark.django_db
def test_of_two_workers_one_looks_after_the_notices_in_a_round():
    cache.delete("notices-looked-through")
    old = timezone.now() - datetime.timedelta(days=400)

    def read_long_ago(number):
        Notice.objects.create(
            member=MemberFactory(), key=f"fact:{number}", subject="Look", made_at=old, read_at=old
        )

    read_long_ago(1)
    look_after_notices()
    assert Notice.objects.count() == 0
    read_long_ago(2)
    look_after_notices()
    assert Notice.objects.count() == 1
