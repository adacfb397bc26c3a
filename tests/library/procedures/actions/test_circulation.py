"""Sending a version to officers: to whom it goes, what stays frozen, what is refused."""

import contextlib
import datetime

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from library.procedures.actions.circulation import acknowledge, add_recipient, circulate, remind
from library.procedures.models import Circulation, Recipient
from library.procedures.models.acknowledgements import (
    Acknowledgements,
)
from party.actions.notices.emails import send_due_emails
from party.models import Appointment, Notice, Role
from tests.factories.library import circulate_version, make_version, recipient_of
from tests.factories.party import (
    AppointmentFactory,
    LeadFactory,
    MemberFactory,
    RegionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = datetime.timedelta(days=1)


def asked(circulation):
    return set(circulation.recipients.values_list("member", flat=True))


# --- to whom it goes ------------------------------------------------------------------------------


def test_a_version_goes_to_those_who_hold_the_roles_in_the_regions_and_to_nobody_else(posts, north):
    first, second, _south, secretary = posts
    AppointmentFactory(unit=first.unit, valid_until=TODAY - DAY)  # whose last day is past
    AppointmentFactory(unit=first.unit, member__is_active=False)
    AppointmentFactory(
        unit=UnitFactory(region=north, valid_until=TODAY - DAY)
    )  # a unit that has ended
    circulation = circulate_version(make_version(), regions=[north])
    assert asked(circulation) == {first.member_id, second.member_id}
    everybody = circulate_version(make_version("Other words."), roles=list(Role.objects.all()))
    assert asked(everybody) == {post.member_id for post in posts}
    assert recipient_of(everybody, secretary).role == secretary.role


def test_posts_at_a_region_belong_to_it(north):
    lead = LeadFactory(region=north)
    circulation = circulate_version(make_version(), roles=[lead.role], regions=[north])
    recipient = circulation.recipients.get()
    assert (recipient.member, recipient.region, recipient.unit) == (lead.member, north, None)


def test_a_member_with_two_posts_is_asked_once_by_the_older(posts):
    first, *_rest = posts
    AppointmentFactory(member=first.member, valid_from=first.valid_from - DAY, unit=posts[2].unit)
    circulation = circulate_version(make_version())
    assert recipient_of(circulation, first).unit == posts[2].unit


def test_who_is_asked_stays_as_it_was_when_posts_change(posts, officer_role):
    circulation = circulate_version(make_version())
    before = asked(circulation)
    Appointment.objects.filter(pk=posts[0].pk).update(valid_until=TODAY - DAY)
    AppointmentFactory(unit=posts[0].unit)
    recipient = recipient_of(circulation, posts[0])
    assert asked(circulation) == before
    assert (recipient.role, recipient.unit) == (officer_role, posts[0].unit)
    assert recipient.region == posts[0].unit.region


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 2), min_size=1, max_size=4))
def test_however_often_a_version_is_sent_each_member_is_asked_once(posts, chosen):
    version = make_version(f"Words {Circulation.objects.count()} {chosen}", slug="again")
    for number in chosen:
        with contextlib.suppress(Refused):
            circulate_version(version, regions=[posts[number].unit.region])
    members = Recipient.objects.filter(circulation__version=version).values_list("member")
    assert len(members) == len(set(members))


def test_each_is_told_in_the_hub_and_by_email_with_a_link_and_no_more(posts, settings):
    settings.BASE_URL = "https://hub.example"
    circulation = circulate_version(
        make_version(), message="Before the meeting, please.", due_on=TODAY + 7 * DAY
    )
    notice = posts[0].member.notices.get()
    assert notice.subject == "Please read and acknowledge “The accounts procedure, version 1”"
    assert notice.url == f"/circulations/{circulation.pk}/"
    assert notice.message.startswith("Before the meeting, please.\nAcknowledge by ")
    assert send_due_emails(now=timezone.now()) == 3
    assert all("Before the meeting" not in sent.body for sent in mail.outbox)


def test_sending_is_written_down_with_what_was_sent_to_whom(posts, north):
    sender = MemberFactory()
    version = make_version()
    officers = list(Role.objects.filter(slug=Role.SOCIAL_MEDIA_OFFICER))
    circulation = circulate(version, roles=officers, regions=[north], by=sender, now=NOW)
    entry = ModelLogEntry.objects.for_instance(circulation).get()
    assert (entry.action, entry.user) == ("procedures.circulate", sender)
    assert entry.data == {
        "version": 1,
        "roles": ["social-media-officer"],
        "regions": ["north"],
        "recipients": 2,
    }


def test_a_second_sending_reaches_only_those_who_were_not_asked_before(posts, north):
    version = make_version()
    circulate_version(version, regions=[north])
    assert asked(circulate_version(version)) == {posts[2].member_id}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"roles": []}, "choose at least one role"),
        ({"due_on": TODAY - DAY}, "the acknowledge-by date is in the past"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_sent(posts, change, sentence):
    with pytest.raises(Refused, match=sentence):
        circulate_version(make_version(), **change)
    assert (Circulation.objects.count(), Notice.objects.count()) == (0, 0)


def test_nobody_to_ask_an_older_version_and_all_asked_already_are_refused(posts):
    older, newer = make_version(), make_version("Ask three people.")
    with pytest.raises(Refused, match="version 2 is newer than version 1"):
        circulate_version(older)
    with pytest.raises(Refused, match="nobody with an account holds"):
        circulate_version(newer, regions=[RegionFactory()])
    circulate_version(newer)
    with pytest.raises(Refused, match="already has The accounts procedure, version 2"):
        circulate_version(newer)


# --- reading and acknowledging --------------------------------------------------------------------


def test_an_acknowledgement_is_its_givers_alone_counts_once_and_settles_their_notice(posts):
    circulation = circulate_version(make_version())
    recipient = recipient_of(circulation, posts[0])
    with pytest.raises(Refused, match="Only the person"):
        acknowledge(recipient, by=posts[1].member, now=NOW)
    acknowledge(recipient, by=posts[0].member, now=NOW)
    acknowledge(recipient, by=posts[0].member, now=NOW + DAY)
    recipient.refresh_from_db()
    assert (recipient.acknowledged_at, recipient.opened_at) == (NOW, NOW)
    assert not posts[0].member.notices.unread().exists()
    assert posts[1].member.notices.unread().count() == 1
    entry = ModelLogEntry.objects.get(action="procedures.acknowledge")
    assert (entry.user, entry.data) == (posts[0].member, {"recipient": recipient.pk})


def test_the_audit_log_names_no_recipient(posts, north):
    circulation = circulate_version(make_version(), regions=[north])
    newcomer = AppointmentFactory(unit=UnitFactory(region=north))
    added = add_recipient(circulation, newcomer, by=None, now=NOW)
    acknowledge(added, by=newcomer.member, now=NOW)

    entries = ModelLogEntry.objects.order_by("pk")
    assert list(entries.values_list("action", "object_id", "label", "data")) == [
        ("procedures.circulate", str(circulation.pk), str(circulation), entries[0].data),
        (
            "procedures.address",
            str(circulation.pk),
            str(circulation),
            {"recipient": added.pk, "appointment": newcomer.pk},
        ),
        ("procedures.acknowledge", str(circulation.pk), str(circulation), {"recipient": added.pk}),
    ]
    assert str(newcomer.member) not in str(circulation)


def test_a_new_version_asks_again_and_the_older_one_asks_no_more(posts):
    first = circulate_version(make_version())
    acknowledge(recipient_of(first, posts[0]), by=posts[0].member, now=NOW)
    second = circulate_version(make_version("Ask three people."))
    assert asked(second) == asked(first)
    for post in posts[:2]:
        waiting = Recipient.objects.to_read(post.member)
        assert [one.circulation for one in waiting] == [second]
    with pytest.raises(Refused, match="You have been sent a newer version"):
        acknowledge(recipient_of(first, posts[1]), by=posts[1].member, now=NOW)
    assert recipient_of(second, posts[0]).acknowledged_before() == first.version
    assert recipient_of(second, posts[1]).acknowledged_before() is None


# --- reminding ------------------------------------------------------------------------------------


def reminded(circulation, at, by=None):
    return remind(circulation, circulation.recipients.all(), by=by, now=at)


def test_a_reminder_goes_to_those_who_have_not_and_at_most_every_three_days(posts):
    circulation = circulate_version(make_version())
    acknowledge(recipient_of(circulation, posts[0]), by=posts[0].member, now=NOW)
    assert reminded(circulation, NOW) == 2
    with pytest.raises(Refused, match="everyone was reminded in the last 3 days"):
        reminded(circulation, NOW + 3 * DAY - datetime.timedelta(seconds=1))
    assert reminded(circulation, NOW + 3 * DAY) == 2
    recipient = recipient_of(circulation, posts[1])
    assert (recipient.reminders, recipient.reminded_at) == (2, NOW + 3 * DAY)
    told = posts[1].member.notices.filter(subject__startswith="Reminder: please read")
    assert told.count() == 2
    assert recipient_of(circulation, posts[0]).reminders == 0


def test_who_left_their_post_or_was_asked_again_is_not_reminded(posts, north):
    circulation = circulate_version(make_version(), regions=[north])
    Appointment.objects.filter(pk=posts[0].pk).update(valid_until=TODAY - DAY)
    assert reminded(circulation, NOW) == 1
    circulate_version(make_version("Ask three people."))
    with pytest.raises(Refused, match="everyone still in post has acknowledged"):
        reminded(circulation, NOW + 4 * DAY)


def test_a_newcomer_is_shown_and_asked_once_at_a_press_of_a_button(posts, north, editor):
    circulation = circulate_version(make_version(), regions=[north])
    newcomer = AppointmentFactory(unit=posts[0].unit)
    AppointmentFactory(unit=posts[2].unit)  # in the south, which was not asked
    assert Acknowledgements.of(circulation, editor, on=TODAY).new == [newcomer]
    added = add_recipient(circulation, newcomer, by=editor, now=NOW)
    assert (added.member, added.unit, added.region) == (newcomer.member, posts[0].unit, north)
    assert newcomer.member.notices.get().url == circulation.get_absolute_url()
    assert Acknowledgements.of(circulation, editor, on=TODAY).new == []
    with pytest.raises(Refused, match="already has this version"):
        add_recipient(circulation, newcomer, by=editor, now=NOW)


def test_nobody_is_added_who_holds_none_of_the_posts_or_to_a_version_that_is_not_the_newest(
    posts, north
):
    circulation = circulate_version(make_version(), regions=[north])
    with pytest.raises(Refused, match="does not hold one of these posts"):
        add_recipient(circulation, posts[2], by=None, now=NOW)
    newcomer = AppointmentFactory(unit=posts[0].unit)
    make_version("Ask three people.")
    with pytest.raises(Refused, match="version 2 is newer"):
        add_recipient(circulation, newcomer, by=None, now=NOW)
    acknowledgements = Acknowledgements.of(circulation, MemberFactory(is_superuser=True), on=TODAY)
    assert (acknowledgements.new, acknowledgements.followed_by.number) == ([], 2)
