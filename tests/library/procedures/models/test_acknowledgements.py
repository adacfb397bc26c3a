"""Who has read a circulation, who has not, and what changed since it was sent."""

import datetime

import pytest
from django.utils import timezone

from library.procedures.actions.circulation import acknowledge
from library.procedures.models import Recipient
from library.procedures.models.acknowledgements import (
    Acknowledgement,
    AcknowledgementCount,
    Acknowledgements,
    AcknowledgementState,
)
from party.models import Appointment
from tests.factories.library import circulate_version, make_version, recipient_of
from tests.factories.party import AppointmentFactory, LeadFactory, UnitFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = datetime.timedelta(days=1)
GATHER_QUERIES = 7


def gathered(circulation, user):
    acknowledgements = Acknowledgements.of(circulation, user, on=TODAY)
    return {
        acknowledgement.recipient.member_id: acknowledgement
        for acknowledgement in acknowledgements.all
    }, acknowledgements


def test_they_say_who_has_who_has_not_who_left_and_which_posts_are_vacant(posts, editor):
    circulation = circulate_version(make_version())
    acknowledge(recipient_of(circulation, posts[0]), by=posts[0].member, now=NOW)
    circulation.recipients.filter(member=posts[1].member).update(opened_at=NOW)
    Appointment.objects.filter(pk=posts[0].pk).update(valid_until=TODAY)  # still holds it
    Appointment.objects.filter(pk=posts[2].pk).update(valid_until=TODAY - 2 * DAY)
    found, acknowledgements = gathered(circulation, editor)
    assert [found[post.member_id].state for post in posts[:3]] == [
        AcknowledgementState.ACKNOWLEDGED,
        AcknowledgementState.OPENED,
        AcknowledgementState.LEFT,
    ]
    assert [found[post.member_id].vacant for post in posts[:3]] == [False, False, True]
    assert found[posts[2].member_id].vacant_since == TODAY - DAY
    assert [
        (str(region), n.acknowledged, n.asked) for region, n in acknowledgements.by_region()
    ] == [
        ("North", 1, 2),
        ("South", 0, 0),
    ]


def test_the_list_counts_as_the_page_does(posts, north, editor):
    south = posts[2].unit.region
    everywhere = circulate_version()
    both = circulate_version(make_version(slug="b"), regions=[north, south])
    older = circulate_version(make_version(slug="c"))
    newer = circulate_version(make_version("Other.", slug="c"))
    for circulation in (everywhere, both, older):
        one = recipient_of(circulation, posts[0])
        Recipient.objects.filter(pk=one.pk).update(acknowledged_at=NOW)
    Appointment.objects.filter(pk__in=[posts[0].pk, posts[1].pk]).update(valid_until=TODAY - DAY)
    AppointmentFactory(member=posts[1].member, unit=UnitFactory())  # in a region not asked twice
    sizes = {}
    for circulation in (everywhere, both, older, newer):
        counted = circulation.recipients.counted(TODAY)
        sizes[circulation] = counted.count()
        assert AcknowledgementCount.of(
            gathered(circulation, editor)[1].all
        ) == AcknowledgementCount(counted.exclude(acknowledged_at=None).count(), sizes[circulation])
    assert list(sizes.values()) == [3, 2, 1, 2]


def test_leads_see_the_acknowledgements_and_newcomers_of_their_regions_alone(posts, north):
    circulation = circulate_version(make_version())
    newcomers = [AppointmentFactory(unit=posts[place].unit) for place in (0, 2)]
    lead = LeadFactory(region=north).member
    found, acknowledgements = gathered(circulation, lead)
    assert set(found) == {posts[0].member_id, posts[1].member_id}
    assert acknowledgements.new == newcomers[:1]
    assert set(Recipient.objects.visible_to(lead)) == {a.recipient for a in acknowledgements.all}
    own = set(Recipient.objects.visible_to(posts[0].member))
    assert own == {recipient_of(circulation, posts[0])}


def test_a_region_counts_who_has_acknowledged_of_all_who_still_should():
    def given(*states: str) -> list[Acknowledgement]:
        return [Acknowledgement(Recipient(), AcknowledgementState(s), None, False) for s in states]

    counted = AcknowledgementCount.of(
        given("acknowledged", "acknowledged", "opened", "waiting", "left", "newer")
    )
    assert (counted, counted.percent) == (AcknowledgementCount(2, 4), 50)
    assert AcknowledgementCount.of(given("acknowledged", "opened", "opened")).percent == 33
    assert AcknowledgementCount.of(given("left")).percent == 100  # nobody is asked any more


def test_those_who_have_not_acknowledged_are_outstanding_unless_they_left(posts, editor):
    circulation = circulate_version()
    circulation.recipients.filter(member=posts[1].member).update(opened_at=NOW)
    acknowledge(recipient_of(circulation, posts[0]), by=posts[0].member, now=NOW)
    found, _all = gathered(circulation, editor)
    assert [found[post.member_id].outstanding for post in posts[:3]] == [False, True, True]
    Appointment.objects.filter(pk=posts[1].pk).update(valid_until=TODAY - DAY)
    found, _all = gathered(circulation, editor)
    assert [found[post.member_id].outstanding for post in posts[:3]] == [False, False, True]


def test_acknowledgements_are_narrowed_by_region_and_by_state(posts, north, editor):
    circulation = circulate_version()
    acknowledge(recipient_of(circulation, posts[0]), by=posts[0].member, now=NOW)
    newcomer = AppointmentFactory(unit=posts[2].unit)
    south = posts[2].unit.region
    shown = Acknowledgements.of(circulation, editor, on=TODAY)

    def members(**asked) -> list[int]:
        return [each.recipient.member_id for each in shown.only(**asked)]

    first, second, third = (post.member_id for post in posts[:3])
    assert members() == [first, second, third]
    assert members(region=north) == [first, second]
    assert members(state=AcknowledgementState.WAITING) == [second, third]
    assert members(region=south, state=AcknowledgementState.WAITING) == [third]
    assert (shown.regions, shown.newcomers(north)) == ([north, south], [])
    assert shown.newcomers(south) == shown.newcomers() == [newcomer]


def test_whoever_was_sent_a_newer_version_is_not_asked_for_the_older_one(posts, editor):
    older = circulate_version(make_version())
    newer = circulate_version(make_version("Ask three people."))
    found, acknowledgements = gathered(older, editor)
    assert {each.state for each in found.values()} == {AcknowledgementState.NEWER}
    assert (acknowledgements.followed_by, acknowledgements.new) == (newer.version, [])


@pytest.mark.parametrize("count", [1, 3])
def test_acknowledgements_cost_the_same_queries_for_one_and_three(
    north, officer_role, editor, count, django_assert_num_queries
):
    posts = [AppointmentFactory(unit=UnitFactory(region=north)) for _each in range(count)]
    circulation = circulate_version()
    Appointment.objects.filter(pk=posts[0].pk).update(valid_until=TODAY - DAY)
    with django_assert_num_queries(GATHER_QUERIES):
        assert len(Acknowledgements.of(circulation, editor, on=TODAY).all) == count
