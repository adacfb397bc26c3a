"""Members, units and appointments."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from party.models import Appointment, Member, Unit
from tests.factories.party import AppointmentFactory, MemberFactory, RegionFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_two_members_cannot_share_an_address_whatever_its_case():
    Member.objects.create_user("Ada@members.example", "x")
    with pytest.raises(IntegrityError), transaction.atomic():
        MemberFactory(email="ADA@members.example")


def test_a_member_is_found_by_her_address_in_any_case():
    ada = Member.objects.create_user("Ada@Members.Example", "x")
    assert Member.objects.get_by_natural_key("ADA@members.example") == ada


def test_a_member_needs_an_address():
    with pytest.raises(ValueError, match="needs an e-mail address"):
        Member.objects.create_user("", "x")


def test_a_unit_exists_from_its_first_day_until_the_day_it_ends():
    unit = UnitFactory(valid_from=datetime.date(2023, 10, 1), valid_until=datetime.date(2026, 5, 1))
    days = [datetime.date(2023, 9, 30), datetime.date(2023, 10, 1), datetime.date(2026, 5, 1)]
    assert [unit in Unit.objects.active(day) for day in days] == [False, True, False]


def test_an_appointment_ends_after_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentFactory(
            valid_from=datetime.date(2026, 5, 1), valid_until=datetime.date(2026, 5, 1)
        )


def test_an_appointment_is_at_a_unit_or_a_region_and_not_at_both():
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentFactory(region=RegionFactory())


def test_two_people_may_share_a_post():
    unit = UnitFactory()
    AppointmentFactory.create_batch(2, unit=unit)
    assert Appointment.objects.active(datetime.date(2026, 6, 1)).filter(unit=unit).count() == 2
