"""What the demonstration sent to officers: twice, answered by most, with posts changed since."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from demo.loader import circulation, library, people, procedures
from library.procedures.models import Circulation
from party.models import Appointment


@pytest.fixture
def loaded(db):
    people.load()
    library.load()
    procedures.load()
    circulation.load()


def test_both_versions_went_out_and_posts_changed_hands_since(loaded):
    first, second = Circulation.objects.order_by("sent_at")
    assert (first.version.number, second.version.number) == (1, 2)
    answered = [each.recipients.exclude(acknowledged_at=None).count() for each in (first, second)]
    assert answered[0] > answered[1] > 0

    today = timezone.localdate()
    yesterday = today - datetime.timedelta(days=1)
    last_day = yesterday - datetime.timedelta(days=1)
    left = Appointment.objects.filter(valid_until=last_day)
    assert left.count() >= circulation.LEFT
    keys = [str(pk) for pk in left.values_list("pk", flat=True)]
    ended = ModelLogEntry.objects.filter(action="wagtail.edit", object_id__in=keys)
    assert {entry.data["changes"]["valid_until"][1] for entry in ended} == {last_day.isoformat()}
    assert ended.count() == left.count()
    newcomers = Appointment.objects.filter(valid_from=yesterday)
    assert newcomers.count() == circulation.NEW
    assert {post.unit for post in newcomers} <= {post.unit for post in left}
