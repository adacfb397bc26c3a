"""What stands in the way of deleting a row is named, counted, and nothing is lost by asking."""

import pytest

from ground.deletion import counted, kept_by
from party.models import Appointment, Member
from tests.factories.party import AppointmentFactory, MemberFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_what_hangs_on_a_row_is_counted_by_its_kind_in_words():
    member = MemberFactory()
    own = Member.objects.filter(pk=member.pk)
    assert kept_by(own) == ""
    AppointmentFactory(member=member)
    assert kept_by(own) == "1 appointment"
    AppointmentFactory(member=member)
    assert kept_by(own) == "2 appointments"
    assert Appointment.objects.count() == 2


def test_several_kinds_stand_in_one_sentence():
    rows = [*UnitFactory.build_batch(2), MemberFactory.build()]
    assert counted(rows) == "2 units and 1 member"
