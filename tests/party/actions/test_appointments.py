"""Who can be put in which post, and how that ends."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from party.actions.appointments import (
    appoint,
    change_appointment,
    end_appointment,
    remove_appointment,
)
from party.models import Appointment, Role
from tests.factories.party import (
    AppointmentFactory,
    LeadFactory,
    LeadRoleFactory,
    MemberFactory,
    RegionFactory,
    RoleFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
MAY = datetime.date(2026, 5, 15)
DECEMBER = datetime.date(2026, 12, 1)


@pytest.fixture
def acting():
    return {"by": MemberFactory(), "now": timezone.now()}


def post(**given):
    elected = Appointment.Basis.ELECTED
    return {"member": MemberFactory(), "basis": elected, "valid_from": MAY, **given}


def test_a_member_is_appointed_and_the_log_says_by_whom(acting):
    given = post(role=RoleFactory(), unit=UnitFactory())
    made = appoint(**given, **acting)
    assert Appointment.objects.active(MAY).get() == made
    assert (made.member, made.unit, made.valid_until) == (given["member"], given["unit"], None)
    assert ModelLogEntry.objects.get(action="wagtail.create").user == acting["by"]


@pytest.mark.parametrize(
    ("level", "place", "field", "sentence"),
    [
        ("unit", {}, "unit", "Choose the unit"),
        ("unit", {"region": True}, "unit", "Choose the unit"),
        ("region", {}, "region", "Choose which"),
        ("region", {"unit": True}, "region", "Choose which"),
        ("national", {"unit": True}, "unit", "Leave unit and region empty"),
        ("national", {"region": True}, "region", "Leave unit and region empty"),
    ],
)
def test_a_post_is_held_where_its_role_belongs(acting, level, place, field, sentence):
    factories = {"unit": UnitFactory, "region": RegionFactory}
    given = {name: factories[name]() for name in place}
    with pytest.raises(ValidationError) as refusal:
        appoint(**post(role=RoleFactory(level=level)), **given, **acting)
    assert list(refusal.value.message_dict) == [field]
    assert sentence in refusal.value.message_dict[field][0]
    assert Appointment.objects.count() == 0


def test_a_closed_account_is_given_no_post(acting):
    with pytest.raises(ValidationError, match="account is closed"):
        appoint(
            **post(member=MemberFactory(is_active=False), role=RoleFactory(), unit=UnitFactory()),
            **acting,
        )


@pytest.mark.parametrize("day", [datetime.date(2023, 9, 30), datetime.date(2026, 1, 2)])
def test_nobody_is_appointed_at_a_unit_that_does_not_exist_then(acting, day):
    unit = UnitFactory(valid_from=datetime.date(2023, 10, 1), valid_until=datetime.date(2026, 1, 1))
    for edge in (unit.valid_from, unit.valid_until):
        appoint(**post(role=RoleFactory(), unit=unit, valid_from=edge), **acting)
    with pytest.raises(ValidationError, match="does not exist on that day"):
        appoint(**post(role=RoleFactory(), unit=unit, valid_from=day), **acting)


def test_a_term_ends_no_earlier_than_it_begins(acting):
    given = post(role=RoleFactory(), unit=UnitFactory())
    with pytest.raises(ValidationError, match="last day cannot be before the first"):
        appoint(**given, valid_until=MAY - DAY, **acting)
    for_a_day = appoint(**given, valid_until=MAY, **acting)
    days = [MAY - DAY, MAY, MAY + DAY]
    held = [list(Appointment.objects.active(day)) for day in days]
    assert held == [[], [for_a_day], []]


@pytest.mark.parametrize(
    ("begins", "ends", "refused"),
    [
        (datetime.date(2026, 1, 1), MAY - DAY, False),  # ends on the day before the other begins
        (datetime.date(2026, 1, 1), MAY, True),
        (datetime.date(2026, 6, 1), None, True),
        (DECEMBER, None, True),  # begins on the last day of the other
        (DECEMBER + DAY, None, False),
    ],
)
def test_one_person_holds_one_post_once_at_a_time(acting, begins, ends, refused):
    held = AppointmentFactory(valid_from=MAY, valid_until=DECEMBER)
    again = post(member=held.member, role=held.role, unit=held.unit, valid_from=begins)
    if refused:
        with pytest.raises(ValidationError, match="have held this post since 15 May 2026"):
            appoint(**again, valid_until=ends, **acting)
    else:
        appoint(**again, valid_until=ends, **acting)
    assert Appointment.objects.count() == 2 - refused


def test_who_takes_over_begins_on_the_day_after_the_last_of_who_leaves(acting):
    leaves = AppointmentFactory(valid_from=MAY)
    end_appointment(leaves, on=DECEMBER - DAY, **acting)
    begins = appoint(**post(role=leaves.role, unit=leaves.unit, valid_from=DECEMBER), **acting)
    days = [DECEMBER - 2 * DAY, DECEMBER - DAY, DECEMBER, DECEMBER + DAY]
    held = [list(Appointment.objects.active(day)) for day in days]
    assert held == [[leaves], [leaves], [begins], [begins]]


def test_two_people_share_a_post_and_one_person_holds_two(acting):
    held = AppointmentFactory(valid_from=MAY)
    appoint(**post(role=held.role, unit=held.unit), **acting)
    appoint(**post(member=held.member, role=held.role, unit=UnitFactory()), **acting)
    assert Appointment.objects.count() == 3


def test_a_national_role_is_held_nowhere_in_particular(acting):
    made = appoint(**post(role=RoleFactory(level=Role.Level.NATIONAL)), **acting)
    assert (made.unit, made.region) == (None, None)


def test_ending_says_until_when_in_the_log(acting):
    held = AppointmentFactory(valid_from=MAY)
    end_appointment(held, on=DECEMBER, **acting)
    assert Appointment.objects.get().valid_until == DECEMBER
    assert ModelLogEntry.objects.get().message == "Until: empty → 1 December 2026"


def test_what_has_ended_is_not_ended_again(acting):
    held = AppointmentFactory(valid_from=MAY, valid_until=datetime.date(2026, 11, 1))
    with pytest.raises(
        ValidationError, match="last day of this appointment is 1 November 2026 already"
    ):
        end_appointment(held, on=DECEMBER, **acting)


def test_a_correction_changes_what_is_given_and_nothing_else(acting):
    held = AppointmentFactory(valid_from=MAY)
    change_appointment(held, basis=Appointment.Basis.COVER, **acting)
    stored = Appointment.objects.get()
    assert (stored.basis, stored.valid_from, stored.unit) == ("cover", MAY, held.unit)
    assert ModelLogEntry.objects.get().message == "Basis: Elected → Cover"


def test_a_correction_is_held_to_the_same_rules(acting):
    lead = LeadFactory()
    with pytest.raises(ValidationError, match="Choose which"):
        change_appointment(lead, region=None, unit=UnitFactory(), **acting)
    lead.refresh_from_db()
    assert lead.unit is None


def test_an_appointment_does_not_stand_in_its_own_way(acting):
    held = AppointmentFactory(valid_from=MAY)
    change_appointment(held, valid_from=datetime.date(2026, 5, 20), **acting)
    assert Appointment.objects.get().valid_from == datetime.date(2026, 5, 20)


def test_what_never_was_is_removed(acting):
    remove_appointment(LeadFactory(role=LeadRoleFactory()), **acting)
    assert Appointment.objects.count() == 0
    assert ModelLogEntry.objects.get().action == "wagtail.delete"
