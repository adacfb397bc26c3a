"""Units begin, change and end; what is held at them ends with them."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from party.actions.units import change_unit, create_unit, end_unit, remove_unit
from party.models import Appointment, Unit
from tests.factories.party import AppointmentFactory, MemberFactory, RegionFactory, UnitFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
OCTOBER = datetime.date(2023, 10, 1)
DECEMBER = datetime.date(2026, 12, 1)


@pytest.fixture
def acting():
    return {"by": MemberFactory(), "now": timezone.now()}


def given(**more):
    return {
        "region": RegionFactory(),
        "code": "E14001",
        "name": "Calder Valley",
        "slug": "calder-valley",
        "valid_from": OCTOBER,
        **more,
    }


def test_a_unit_begins_and_follows_others(acting):
    old = UnitFactory()
    made = create_unit(**given(name_cy="Dyffryn Calder", predecessors=(old,)), **acting)
    stored = Unit.objects.get(code="E14001")
    assert (stored, stored.name_cy, list(stored.predecessors.all())) == (
        made,
        "Dyffryn Calder",
        [old],
    )


def test_a_unit_ends_no_earlier_than_it_begins(acting):
    with pytest.raises(ValidationError, match="last day cannot be before the first"):
        create_unit(**given(valid_until=OCTOBER - DAY), **acting)
    unit = UnitFactory(valid_from=OCTOBER)
    with pytest.raises(ValidationError, match="last day cannot be before the first"):
        end_unit(unit, on=OCTOBER - DAY, **acting)
    unit.refresh_from_db()
    assert unit.valid_until is None
    end_unit(unit, on=OCTOBER, **acting)
    unit.refresh_from_db()
    assert unit.valid_until == OCTOBER  # it was there for one day


def test_the_last_day_of_a_unit_is_the_day_before_that_of_who_follows_it(acting):
    old = UnitFactory()
    end_unit(old, on=DECEMBER - DAY, **acting)
    new = create_unit(**given(valid_from=DECEMBER, predecessors=(old,)), **acting)
    days = [DECEMBER - 2 * DAY, DECEMBER - DAY, DECEMBER, DECEMBER + DAY]
    assert [list(Unit.objects.active(day)) for day in days] == [[old], [old], [new], [new]]


def test_what_is_held_at_a_unit_ends_with_it_and_each_end_is_logged(acting):
    unit = UnitFactory()
    earlier = datetime.date(2026, 11, 1)
    open_end, later, over = (
        AppointmentFactory(unit=unit, valid_until=day)
        for day in (None, datetime.date(2027, 5, 1), earlier)
    )
    elsewhere = AppointmentFactory()
    end_unit(unit, on=DECEMBER, **acting)
    until = dict(Appointment.objects.values_list("pk", "valid_until"))
    assert until == {
        open_end.pk: DECEMBER,
        later.pk: DECEMBER,
        over.pk: earlier,
        elsewhere.pk: None,
    }
    assert sorted(entry.message for entry in ModelLogEntry.objects.all()) == [
        "Until: 1 May 2027 → 1 December 2026",
        "Until: empty → 1 December 2026",
        "Until: empty → 1 December 2026",
    ]


def test_a_unit_is_not_ended_before_somebody_is_appointed_there(acting):
    unit = UnitFactory()
    held = AppointmentFactory(unit=unit, valid_from=DECEMBER + DAY)
    with pytest.raises(ValidationError, match="was appointed here from a later day"):
        end_unit(unit, on=DECEMBER, **acting)
    held.refresh_from_db()
    unit.refresh_from_db()
    assert (unit.valid_until, held.valid_until) == (None, None)
    end_unit(unit, on=DECEMBER + DAY, **acting)
    held.refresh_from_db()
    assert held.valid_until == held.valid_from


def test_what_has_ended_is_not_ended_again(acting):
    unit = UnitFactory(valid_until=datetime.date(2026, 1, 1))
    with pytest.raises(ValidationError, match="last day of this unit is 1 January 2026 already"):
        end_unit(unit, on=DECEMBER, **acting)


def test_a_change_is_logged_and_no_unit_follows_itself(acting):
    unit = UnitFactory(name="Calder")
    change_unit(unit, name="Calder Valley", **acting)
    assert ModelLogEntry.objects.get().message == "Name: Calder → Calder Valley"
    with pytest.raises(ValidationError, match="cannot follow itself"):
        change_unit(unit, predecessors=[unit], **acting)


def test_a_unit_with_posts_is_not_removed(acting):
    unit = AppointmentFactory().unit
    with pytest.raises(ValidationError, match="still in use"):
        remove_unit(unit, **acting)
    remove_unit(UnitFactory(), **acting)
    assert list(Unit.objects.all()) == [unit]
