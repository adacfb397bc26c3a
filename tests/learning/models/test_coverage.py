"""Which posts are held by trained people: sums agree, and the best trained holder decides."""

import datetime
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.actions.enrolments import enrol
from learning.models import Certificate, Coverage, PostState, Requirement, posts_of
from learning.models.coverage import BEST_FIRST, Holder, Post, coverage_by_region
from party.models import Appointment, Role, Unit
from tests.factories.courses import make_course
from tests.factories.learning import (
    bring_to,
    finish_lessons,
    hand_in,
    make_region_of_every_state,
)
from tests.factories.party import (
    AppointmentFactory,
    MemberFactory,
    RegionFactory,
    RoleFactory,
    UnitFactory,
)

TODAY = datetime.date(2026, 11, 21)
NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


def holder(state):
    return Holder(Appointment(), state)


@given(st.lists(st.lists(st.sampled_from(BEST_FIRST[:-1]), max_size=3), max_size=40))
def test_the_states_of_a_region_add_up_to_its_posts(posts):
    coverage = Coverage.of(
        Post(Unit(), Role(), tuple(holder(state) for state in states)) for states in posts
    )
    assert coverage.posts == len(posts)
    assert coverage.held + coverage.counts[PostState.VACANT] == len(posts)
    assert coverage.covered <= coverage.held
    assert 0 <= coverage.percent <= 100


@given(st.lists(st.sampled_from(BEST_FIRST[:-1]), min_size=1, max_size=4))
def test_a_shared_post_is_as_trained_as_its_best_trained_holder(states):
    post = Post(Unit(), Role(), tuple(holder(state) for state in states))
    assert post.state == min(states, key=BEST_FIRST.index)


@pytest.fixture
def region(db):
    """A region with a vacant post and one in every other state."""
    return make_region_of_every_state(TODAY)


def units_of(region):
    return list(region.units.order_by("pk"))


def test_every_state_is_told_apart(region):
    posts = posts_of(units_of(region), on=TODAY)
    assert [post.state for post in posts] == list(PostState)
    assert Coverage.of(posts).counts == dict.fromkeys(PostState, 1)
    assert Coverage.of(posts).covered == 2
    assert Coverage.of(posts).percent == 33


def assert_counted_alike(*regions, on=TODAY):
    """The database counts the states of posts as the instances of their pages do."""
    counted = coverage_by_region(regions, on=on)
    for region in regions:
        posts = posts_of(list(Unit.objects.active(on).filter(region=region)), on=on)
        assert counted[region.pk] == Coverage.of(posts)


def test_the_database_counts_states_as_a_regions_page_does(region):
    assert_counted_alike(region, RegionFactory())
    assert coverage_by_region([region], on=TODAY)[region.pk].counts == dict.fromkeys(PostState, 1)


@pytest.mark.django_db
def test_the_database_counts_what_chance_makes_as_a_regions_page_does():
    chance = random.Random(11)
    courses = [make_course(f"course-{n}", lessons=1) for n in range(3)]
    roles = [RoleFactory(slug=f"role-{n}", name=f"Role {n}") for n in range(3)]
    for role, required in zip(roles, (0, 1, 2), strict=True):
        for course in courses[:required]:
            Requirement.objects.create(role=role, course=course)
    courses[1].unpublish()
    Requirement.objects.create(role=roles[2], course=courses[2])
    regions = [RegionFactory(), RegionFactory()]
    units = [UnitFactory(region=chance.choice(regions)) for _n in range(12)]
    for _n in range(40):
        member = MemberFactory(is_active=chance.random() > 0.1)
        AppointmentFactory(unit=chance.choice(units), role=chance.choice(roles), member=member)
        for course in courses:
            if (state := chance.choice(list(PostState))) != PostState.VACANT:
                bring_to(state, member, course, TODAY)
    some = list(Certificate.objects.values_list("pk", flat=True)[::7])
    Certificate.objects.filter(pk__in=some).update(revoked_at=NOW)
    assert_counted_alike(*regions)
    assert sum(each.posts for each in coverage_by_region(regions, on=TODAY).values()) == 36
    assert_counted_alike(*regions, on=TODAY + datetime.timedelta(days=150))


def test_coverage_is_counted_in_three_queries_without_an_instance(
    region, django_assert_num_queries, count_made
):
    with django_assert_num_queries(3), count_made(Certificate) as made:
        coverage_by_region([region], on=TODAY)
    assert made == []


def test_a_course_that_is_not_live_is_asked_of_nobody_in_a_region_as_at_home(region):
    Requirement.objects.get().course.unpublish()
    assert coverage_by_region([region], on=TODAY)[region.pk].counts[PostState.TRAINED] == 5
    assert_counted_alike(region)


def test_posts_are_gathered_in_five_queries_whatever_their_number(
    region, django_assert_num_queries
):
    units = units_of(region)
    for some in (units[:1], units):
        with django_assert_num_queries(5):
            posts_of(some, on=TODAY)


def test_a_revoked_certificate_trains_nobody(region):
    Certificate.objects.update(revoked_at=NOW)
    assert Coverage.of(posts_of(units_of(region), on=TODAY)).covered == 0


def test_officers_count_on_their_last_day_and_leave_their_post_vacant_on_the_next(region):
    before = Coverage.of(posts_of(units_of(region), on=TODAY)).counts
    Appointment.objects.update(valid_until=TODAY)
    assert Coverage.of(posts_of(units_of(region), on=TODAY)).counts == before
    assert_counted_alike(region)
    Appointment.objects.update(valid_until=TODAY - datetime.timedelta(days=1))
    counts = Coverage.of(posts_of(units_of(region), on=TODAY)).counts
    assert counts[PostState.VACANT] == len(PostState)
    assert_counted_alike(region)


def test_the_posts_of_a_unit_count_on_its_last_day_and_not_on_the_next(region):
    every = Coverage.of(posts_of(units_of(region), on=TODAY)).posts
    counted = []
    for day in (TODAY, TODAY - datetime.timedelta(days=1)):
        region.units.update(valid_until=day)
        counted.append(coverage_by_region([region], on=TODAY)[region.pk].posts)
    assert counted == [every, 0]


def test_a_fresh_certificate_changes_the_number(region):
    before = Coverage.of(posts_of(units_of(region), on=TODAY)).covered
    post = region.units.get(name="Unit never").appointments.get()
    enrolment = enrol(Requirement.objects.get().course, by=post.member, now=NOW)
    finish_lessons(enrolment, now=NOW)
    hand_in(enrolment, now=NOW)
    assert Coverage.of(posts_of(units_of(region), on=TODAY)).covered == before + 1


def test_a_person_whose_account_is_closed_holds_no_post(region):
    member = region.units.get(name="Unit trained").appointments.get().member
    member.is_active = False
    member.save()
    counts = Coverage.of(posts_of(units_of(region), on=TODAY)).counts
    assert (counts[PostState.TRAINED], counts[PostState.VACANT]) == (0, 2)
