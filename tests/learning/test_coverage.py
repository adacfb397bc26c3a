"""Which posts are held by trained people: sums agree, and the best trained holder decides."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning import actions
from learning.models import Certificate, Coverage, Enrolment, PostState, Requirement, posts_of
from learning.models.coverage import BEST_FIRST, Holder, Post
from learning.models.outreach import calls_for
from learning.models.region_map import hexagons
from party.models import Appointment, Role, Unit
from tests.factories.courses import make_course
from tests.factories.party import AppointmentFactory, RegionFactory, RoleFactory, UnitFactory

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
    course, region = make_course(lessons=1), RegionFactory()
    Requirement.objects.create(role=RoleFactory(), course=course)
    for state in PostState:
        unit = UnitFactory(region=region, name=f"Unit {state}")
        if state != PostState.VACANT:
            bring_to(state, AppointmentFactory(unit=unit).member, course)
    return region


def bring_to(state, member, course):
    days = {PostState.TRAINED: 200, PostState.EXPIRING: 20, PostState.EXPIRED: -5}
    if state == PostState.NEVER:
        return
    Enrolment.objects.create(
        member=member, course=course, enrolled_at=NOW, active_at=NOW - datetime.timedelta(days=40)
    )
    if state in days:
        until = TODAY + datetime.timedelta(days=days[state])
        Certificate.objects.create(
            member=member,
            course=course,
            holder_name=str(member),
            mark=90,
            valid_from=until - datetime.timedelta(days=365),
            window_opens=until - datetime.timedelta(days=60),
            valid_until=until,
        )


def units_of(region):
    return list(region.units.order_by("pk"))


def test_every_state_is_told_apart(region):
    posts = posts_of(units_of(region), on=TODAY)
    assert [post.state for post in posts] == list(PostState)
    assert Coverage.of(posts).counts == dict.fromkeys(PostState, 1)
    assert Coverage.of(posts).covered == 2
    assert Coverage.of(posts).percent == 33


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


def test_an_officer_whose_term_ended_leaves_her_post_vacant(region):
    Appointment.objects.update(valid_until=TODAY)
    counts = Coverage.of(posts_of(units_of(region), on=TODAY)).counts
    assert counts[PostState.VACANT] == len(PostState)


def test_whom_to_ring_comes_in_the_order_of_use(region):
    secretary = AppointmentFactory(
        unit=region.units.get(name="Unit vacant"),
        role=RoleFactory(name="Secretary", slug=Role.SECRETARY, tracked=False),
    )
    calls = calls_for(posts_of(units_of(region), on=TODAY), on=TODAY, limit=9)
    assert [call.post.state for call in calls] == [
        PostState.EXPIRED,
        PostState.EXPIRING,
        PostState.PROGRESS,
        PostState.NEVER,
        PostState.VACANT,
    ]
    assert calls[-1].member == secretary.member
    assert "ran out on 16 November 2026" in calls[0].reason


def test_a_colleague_of_a_trained_holder_is_not_rung(region):
    unit = region.units.get(name="Unit trained")
    newcomer = AppointmentFactory(unit=unit).member
    calls = calls_for(posts_of(units_of(region), on=TODAY), on=TODAY, limit=9)
    assert newcomer not in {call.member for call in calls}


def test_a_fresh_certificate_changes_the_number(region):
    before = Coverage.of(posts_of(units_of(region), on=TODAY)).covered
    post = region.units.get(name="Unit never").appointments.get()
    course = Requirement.objects.get().course
    enrolment = actions.enrol(course, by=post.member, now=NOW)
    for lesson in course.lessons():
        actions.complete_lesson(enrolment, lesson, by=post.member, now=NOW)
    from tests.factories.courses import right_answers

    quiz = course.quiz()
    actions.submit_attempt(enrolment, quiz, chosen=right_answers(quiz), by=post.member, now=NOW)
    assert Coverage.of(posts_of(units_of(region), on=TODAY)).covered == before + 1


def test_nobody_is_rung_twice_for_several_posts(region):
    busy = region.units.get(name="Unit never").appointments.get().member
    for unit in UnitFactory.create_batch(2, region=region):
        AppointmentFactory(unit=unit, member=busy)
    calls = calls_for(posts_of(units_of(region), on=TODAY), on=TODAY, limit=9)
    assert [call.member for call in calls].count(busy) == 1


def test_a_person_whose_account_is_closed_holds_no_post(region):
    member = region.units.get(name="Unit trained").appointments.get().member
    member.is_active = False
    member.save()
    counts = Coverage.of(posts_of(units_of(region), on=TODAY)).counts
    assert (counts[PostState.TRAINED], counts[PostState.VACANT]) == (0, 2)


def test_the_map_shows_the_worst_of_several_posts_of_a_unit():
    unit = Unit(pk=1, hex_column=0, hex_row=0)
    trained, vacant = Post(unit, Role(), (holder(PostState.TRAINED),)), Post(unit, Role())
    for posts in ([trained, vacant], [vacant, trained]):
        drawn = hexagons(posts).hexagons
        assert [one.post.state for one in drawn] == [PostState.VACANT]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), unique=True, max_size=30))
def test_every_hexagon_lies_inside_its_map_and_covers_no_other(cells):
    posts = [
        Post(Unit(pk=n, hex_column=column, hex_row=row), Role())
        for n, (column, row) in enumerate(cells)
    ]
    drawn = hexagons(posts)
    assert len({one.points for one in drawn.hexagons}) == len(cells)
    for one in drawn.hexagons:
        for corner in one.points.split():
            x, y = map(float, corner.split(","))
            assert 0 <= x <= drawn.width
            assert 0 <= y <= drawn.height
