"""Which days began while nobody looked, and which a term covers."""

import datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ground.dates import days_begun
from learning.models import Certificate, PostState
from library.rules.models import Edition
from party.models import Appointment, Unit
from tests.factories.courses import make_course
from tests.factories.learning import bring_to
from tests.factories.library import make_edition, make_work
from tests.factories.party import AppointmentFactory, MemberFactory

DAY = datetime.date


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


def test_no_day_begins_within_a_day():
    days = days_begun(at("2026-11-20 10:00"), at("2026-11-20 11:00"))
    assert days == (DAY(2026, 11, 20), DAY(2026, 11, 20))


def test_a_day_begins_at_midnight_where_the_hub_is():
    days = days_begun(at("2026-07-01 22:30"), at("2026-07-01 23:30"))  # summer time
    assert days == (DAY(2026, 7, 1), DAY(2026, 7, 2))


def test_all_days_began_since_nobody_ever_looked():
    assert days_begun(None, at("2026-11-20 10:00")) == (DAY.min, DAY(2026, 11, 20))


def test_the_last_day_is_looked_at_again_within_two_minutes_of_its_beginning():
    days = days_begun(at("2026-11-20 00:01"), at("2026-11-20 00:02"))
    assert days == (DAY(2026, 11, 19), DAY(2026, 11, 20))
    days = days_begun(at("2026-11-20 00:03"), at("2026-11-20 00:04"))
    assert days == (DAY(2026, 11, 20), DAY(2026, 11, 20))


# --- terms ----------------------------------------------------------------------------------------

HOLDING = {  # what holds on a day, and by which fields
    Unit: (Unit.objects.active, "valid_from", "valid_until"),
    Appointment: (Appointment.objects.active, "valid_from", "valid_until"),
    Certificate: (Certificate.objects.valid, "valid_from", "valid_until"),
    Edition: (Edition.objects.current, "in_force_from", "in_force_until"),
}


@pytest.fixture
def rows(db):
    """One row of each model that has a term."""
    AppointmentFactory()
    bring_to(PostState.TRAINED, MemberFactory(), make_course(lessons=1), DAY(2026, 12, 1))
    make_edition(make_work())


@pytest.mark.parametrize("model", HOLDING, ids=lambda model: model._meta.model_name)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(first=DAY(2027, 12, 31), more=1)
@given(first=st.dates(DAY(2020, 1, 1), DAY(2030, 12, 31)), more=st.integers(1, 9))
def test_a_term_given_by_its_first_and_last_day_covers_exactly_those_days(rows, model, first, more):
    holding, first_day, last_day = HOLDING[model]
    last = first + datetime.timedelta(days=more)
    assert model.objects.update(**{first_day: first, last_day: last}) == 1
    around = [first + datetime.timedelta(days=n) for n in range(-3, more + 4)]
    covered = [day for day in around if holding(day).exists()]
    assert covered == [day for day in around if first <= day <= last]
    if model is not Certificate:  # every other term may be open
        model.objects.update(**{last_day: None})
        assert [day for day in around if holding(day).exists()] == around[3:]
