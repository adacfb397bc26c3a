"""A prepared query answers as the queryset it was written from, for whatever values it is given."""

import datetime

import pytest
from django.db.models import Count

from ground.prepared import Prepared, day, key, word
from party.models import Appointment, Region, Unit
from tests.factories.party import AppointmentFactory, MemberFactory, RegionFactory, UnitFactory

pytestmark = pytest.mark.django_db

HELD: Prepared[Appointment] = Prepared(
    lambda: (
        Appointment.objects.active(day("on"))
        .filter(member=key("member"))
        .select_related("role", "unit__region")
    )
)
TODAY = datetime.date(2026, 12, 1)


def test_it_gives_the_rows_of_the_values_it_is_asked_for_each_time():
    ada, bea = MemberFactory(), MemberFactory()
    first = AppointmentFactory(member=ada, valid_from=datetime.date(2026, 1, 1))
    second = AppointmentFactory(member=bea, valid_from=datetime.date(2026, 6, 1))

    assert HELD(member=ada.pk, on=TODAY) == [first]
    assert HELD(member=bea.pk, on=TODAY) == [second]
    assert HELD(member=bea.pk, on=datetime.date(2026, 5, 31)) == []
    assert HELD(member=ada.pk, on=TODAY) == [first], "what was given last time is forgotten"


def test_it_reads_in_one_query_what_the_queryset_names_to_be_fetched_along(
    django_assert_num_queries,
):
    appointment = AppointmentFactory()

    with django_assert_num_queries(1):
        (row,) = HELD(member=appointment.member_id, on=TODAY)
        assert (row.role, row.unit, row.unit.region) == (
            appointment.role,
            appointment.unit,
            appointment.unit.region,
        )


def test_what_is_prefetched_is_there_too(django_assert_num_queries):
    regions = Prepared(lambda: Region.objects.filter(slug=word("slug")).prefetch_related("units"))
    region = RegionFactory(slug="north")
    units = [UnitFactory(region=region) for _number in range(2)]

    with django_assert_num_queries(2):
        (row,) = regions(slug="north")
        assert set(row.units.all()) == set(units)


def test_annotations_and_plain_values_come_as_from_the_queryset():
    unit = UnitFactory(name="Leeds")
    AppointmentFactory.create_batch(2, unit=unit)
    counted = Units.filter(slug=word("slug")).annotate(n=Count("appointments"))

    assert [row.n for row in Prepared(lambda: counted)(slug=unit.slug)] == [2]
    assert Prepared(lambda: counted.values_list("name", "n"))(slug=unit.slug) == [("Leeds", 2)]


Units = Unit.objects.all()


def test_an_apostrophe_or_a_sign_of_like_in_a_word_is_just_that():
    odd = RegionFactory(name="100 % King's _Lynn")
    named = Prepared(lambda: Region.objects.filter(name=word("name")))

    assert named(name="100 % King's _Lynn") == [odd]
    assert named(name="100 % King's xLynn") == []


def test_the_first_row_or_none():
    appointment = AppointmentFactory()

    assert HELD.first(member=appointment.member_id, on=TODAY) == appointment
    assert HELD.first(member=0, on=TODAY) is None


def test_a_value_that_was_not_given_is_an_error_and_no_other_persons_rows():
    AppointmentFactory()

    with pytest.raises(KeyError, match="member"):
        HELD(on=TODAY)


def test_a_day_that_was_not_left_open_is_refused_since_it_would_be_asked_for_ever():
    today = Prepared(lambda: Appointment.objects.active().filter(member=key("member")))

    with pytest.raises(ValueError, match="today’s date for ever"):
        today(member=1)


def test_its_sql_is_written_once():
    built = []

    def build():
        built.append(1)
        return Region.objects.filter(slug=word("slug"))

    regions = Prepared(build)

    assert [regions(slug=slug) for slug in ("a", "b", "c")] == [[], [], []]
    assert len(built) == 1
