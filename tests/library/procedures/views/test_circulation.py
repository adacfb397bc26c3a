"""What a recipient reads, what a region sees of it, and what waits on the home page."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from library.procedures.actions.circulation import acknowledge, remind
from library.procedures.actions.procedures import issue_version
from library.procedures.models import Circulation
from library.rules.actions.access import restrict_part
from party.models import Appointment, Role
from tests.factories.library import FIELDS, circulate_version, make_procedure, make_version
from tests.factories.party import (
    AppointmentFactory,
    LeadFactory,
    MemberFactory,
    RegionFactory,
    UnitFactory,
)
from tests.pages import assert_hidden, visible_text

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def lead(north):
    return LeadFactory(region=north).member


def fill(number, region):
    """Give a region so many more officers."""
    for unit in UnitFactory.create_batch(number, region=region):
        AppointmentFactory(unit=unit)


def states(response):
    return [answer.state.value for answer in response.context["page"]]


# --- a recipient ---------------------------------------------------------------------------------


def test_recipients_read_the_text_and_say_that_they_have(client, post):
    circulation = circulate_version(message="Before the meeting.", due_on=TODAY + DAY)
    client.force_login(post.member)
    said = visible_text(client.get(circulation.get_absolute_url()))
    for part in ("Ask two people.", "Before the meeting.", "Please read and acknowledge this by"):
        assert part in said
    recipient = circulation.recipients.get()
    assert recipient.opened_at is not None
    assert recipient.acknowledged_at is None

    after = client.post(f"{circulation.get_absolute_url()}acknowledge/", follow=True)
    assert "Thank you. You have acknowledged this." in visible_text(after)
    assert "I have read this" not in visible_text(after)
    recipient.refresh_from_db()
    assert recipient.acknowledged_at is not None


def test_the_difference_to_what_they_acknowledged_stands_before_the_text(client, post):
    first = circulate_version(make_version("Ask two people.\nWrite it down."))
    acknowledge(first.recipients.get(), by=post.member, now=timezone.now())
    second = circulate_version(make_version("Ask three people.\nWrite it down."))
    client.force_login(post.member)
    page = client.get(second.get_absolute_url()).content.decode()
    assert page.index("<del>two </del><ins>three </ins>") < page.index("Full text")
    assert "Changes since version 1, which you acknowledged" in page
    older = visible_text(client.get(first.get_absolute_url()))
    assert "You have been sent a newer version. Read and acknowledge version 2 instead." in older


def test_the_button_stands_where_the_change_is_shown(client, post):
    first = circulate_version(make_version("Ask two people.\nWrite it down."))
    acknowledge(first.recipients.get(), by=post.member, now=timezone.now())
    second = circulate_version(make_version("Ask three people.\nWrite it down."))
    client.force_login(post.member)
    for address in (second.get_absolute_url(), second.version.get_absolute_url()):
        said = visible_text(client.get(address))
        assert said.count("I have read this") == 1
        assert said.index("Changes since version 1") < said.index("I have read this")
        assert said.index("I have read this") < said.index("Full text")
    assert "I have read this" not in visible_text(client.get(first.version.get_absolute_url()))
    client.post(f"{second.get_absolute_url()}acknowledge/")
    assert "I have read this" not in visible_text(client.get(second.version.get_absolute_url()))


def test_who_was_not_asked_and_leads_no_such_region_learns_nothing_of_it(client, post):
    circulation = circulate_version()
    other = LeadFactory(region=RegionFactory()).member
    address = circulation.get_absolute_url()
    for user in (MemberFactory(), other):
        client.force_login(user)
        found = [client.get(f"{address}{page}").status_code for page in ("", "acknowledgements/")]
        found += [client.get(f"{address}acknowledgements.csv").status_code]
        found += [client.post(f"{address}{do}/").status_code for do in ("acknowledge", "remind")]
        assert found == [404] * 5
    client.force_login(post.member)
    assert_hidden(client, f"{address}acknowledgements/")
    assert_hidden(client, "/circulations/")


def test_recipients_read_it_although_the_procedure_is_not_for_them_any_more(client, post):
    circulation = circulate_version()
    circulation.version.page.unpublish()
    client.force_login(post.member)
    assert "Ask two people." in visible_text(client.get(circulation.get_absolute_url()))


def test_the_rules_in_what_is_acknowledged_are_links_for_whoever_may_read_them(client, post, book):
    body = [("rule", {"work": "sample", "citation": each}) for each in ("4.II.1", "7.IV.1")]
    procedure = make_procedure(asked=FIELDS[:1], body=body)
    restrict_part(book.provisions.get(path="7"), "editors", by=None, now=timezone.now())
    circulation = circulate_version(issue_version(procedure, note="", by=None, now=timezone.now()))
    client.force_login(post.member)

    for address in (circulation.get_absolute_url(), circulation.version.get_absolute_url()):
        main = BeautifulSoup(client.get(address).content, "html.parser").main
        open_rule, restricted = main.select(".quoted-rule")
        assert open_rule.a["href"] == "/rules/sample/4/II/#II.1"
        assert restricted.text.strip() == "Rule 7.IV.1 (sample)"


def test_from_what_they_were_sent_people_go_to_the_procedure_and_back(client, post, lead):
    procedure = make_procedure()
    version = issue_version(procedure, note="", by=None, now=timezone.now())
    circulation = circulate_version(version)
    client.force_login(post.member)

    page = client.get(circulation.get_absolute_url()).content.decode()
    for address in ("", "fill/", "template.docx"):
        assert f'href="{procedure.get_absolute_url()}{address}"' in page
    there = client.get(procedure.get_absolute_url())
    assert "Please read and acknowledge version 1" in visible_text(there)
    assert f'href="{circulation.get_absolute_url()}"' in there.content.decode()
    assert "Who has read" not in visible_text(there)

    acknowledge(circulation.recipients.get(), by=post.member, now=timezone.now())
    assert "Please read and acknowledge" not in visible_text(
        client.get(procedure.get_absolute_url())
    )
    client.force_login(lead)
    seen = client.get(procedure.get_absolute_url()).content.decode()
    assert f'<a href="{circulation.get_acknowledgements_url()}">Who has read version 1</a>' in seen


def test_the_procedures_lead_those_to_the_answers_who_may_see_them(client, lead, national, post):
    for person, shown in ((lead, True), (national, True), (post.member, False)):
        client.force_login(person)
        assert ('href="/circulations/"' in client.get("/procedures/").content.decode()) == shown


def test_home_shows_what_waits_for_them_until_they_have_read_it(client, post):
    circulation = circulate_version(due_on=TODAY)
    Circulation.objects.update(due_on=TODAY - DAY)
    client.force_login(post.member)
    said = visible_text(client.get("/"))
    assert "To read and acknowledge The accounts procedure, version 1 Overdue" in said
    assert circulation.get_absolute_url() in client.get("/").content.decode()
    acknowledge(circulation.recipients.get(), by=post.member, now=timezone.now())
    assert "To read and acknowledge" not in visible_text(client.get("/"))


def test_home_costs_the_same_for_one_thing_to_read_as_for_three(
    client, post, django_assert_num_queries
):
    client.force_login(post.member)
    for slugs in (["a"], ["b", "c"]):
        for slug in slugs:
            circulate_version(make_version(slug=slug))
        client.get("/")
        with django_assert_num_queries(11):
            client.get("/")


# --- a region -------------------------------------------------------------------------------------


def test_leads_see_how_many_of_their_region_have_read_it_and_no_other_region(client, post, lead):
    fill(1, post.unit.region)
    fill(2, RegionFactory(name="South", slug="south"))
    circulation = circulate_version()
    acknowledge(circulation.recipients.get(member=post.member), by=post.member, now=timezone.now())
    client.force_login(lead)
    assert "1 of 2 have acknowledged it (50%)." in visible_text(client.get("/circulations/"))
    page = client.get(f"/circulations/{circulation.pk}/acknowledgements/")
    assert "1 of 2 have acknowledged it (50%)." in visible_text(page)
    assert sorted(states(page)) == ["acknowledged", "waiting"]
    assert "South" not in visible_text(page)


def test_leads_read_the_text_only_where_it_is_for_them(client, post, lead):
    body = [("numbered", ["For officers alone."])]
    page = make_procedure("accounts", asked=(), body=body, roles=[post.role])
    secret = circulate_version(issue_version(page, note="", by=None, now=timezone.now()))
    newer = make_version("For officers, otherwise.")
    open_to_all = circulate_version(make_version("For everybody.", slug="open"))
    client.force_login(lead)

    response = client.get(secret.get_absolute_url())
    assert response.url == secret.get_acknowledgements_url()
    answers = client.get(response.url).content.decode()
    assert "Version 2 was issued on" in answers
    for address in (secret.get_absolute_url(), newer.get_absolute_url()):
        assert f'"{address}"' not in answers
        assert client.get(address, follow=True).content.decode().count("For officers") == 0
    assert "For everybody." in visible_text(client.get(open_to_all.get_absolute_url()))
    answers = client.get(open_to_all.get_acknowledgements_url()).content.decode()
    assert f'"{open_to_all.get_absolute_url()}"' in answers


def test_the_national_team_sees_every_region_and_may_look_at_one(client, post, national):
    fill(2, RegionFactory(name="South", slug="south"))
    circulation = circulate_version()
    client.force_login(national)
    address = f"/circulations/{circulation.pk}/acknowledgements/"
    assert len(states(client.get(address))) == 3
    assert len(states(client.get(address, {"region": "south"}))) == 2
    assert len(states(client.get(address, {"region": "south", "state": "acknowledged"}))) == 0
    assert len(states(client.get(address, {"region": "rubbish", "state": "rubbish"}))) == 3


def test_the_page_names_who_left_vacant_posts_newcomers_and_reminders(client, post, lead):
    circulation = circulate_version()
    remind(circulation, circulation.recipients.all(), by=lead, now=timezone.now())
    Appointment.objects.filter(pk=post.pk).update(valid_until=TODAY - DAY)
    newcomer = AppointmentFactory(unit=UnitFactory(region=post.unit.region))
    client.force_login(lead)
    page = client.get(f"/circulations/{circulation.pk}/acknowledgements/")
    said = visible_text(page)
    assert states(page) == ["left"]
    for part in ("No longer in post", "Vacant since", f"Send it to {newcomer.member}"):
        assert part in said
    assert "There is nobody to remind." in said
    client.post(f"/circulations/{circulation.pk}/send-to-newcomer/", {"appointment": newcomer.pk})
    assert circulation.recipients.filter(member=newcomer.member).exists()
    assert (
        client.post(
            f"/circulations/{circulation.pk}/send-to-newcomer/", {"appointment": "x"}
        ).status_code
        == 404
    )


def test_leads_remind_one_person_or_all_of_their_region_and_nobody_elsewhere(client, post, lead):
    fill(1, post.unit.region)
    south = RegionFactory(name="South", slug="south")
    fill(1, south)
    circulation = circulate_version()
    client.force_login(lead)
    address = f"/circulations/{circulation.pk}/remind/"
    one = circulation.recipients.get(member=post.member)
    assert "1 person was reminded." in visible_text(
        client.post(address, {"recipient": one.pk}, follow=True)
    )
    elsewhere = circulation.recipients.get(region=south)
    assert client.post(address, {"recipient": elsewhere.pk}).status_code == 404
    assert "1 person was reminded." in visible_text(client.post(address, follow=True))
    assert "Nobody was reminded" in visible_text(client.post(address, follow=True))
    counted = circulation.recipients.order_by("pk").values_list("reminders", flat=True)
    assert sorted(counted) == [0, 1, 1]


def test_the_file_holds_what_is_shown_and_no_formula(client, post, lead):
    type(post.member).objects.filter(pk=post.member.pk).update(first_name="=SUM(1)")
    circulation = circulate_version()
    acknowledge(circulation.recipients.get(), by=post.member, now=timezone.now())
    client.force_login(lead)
    file = (
        client.get(f"/circulations/{circulation.pk}/acknowledgements.csv")
        .getvalue()
        .decode("utf-8-sig")
    )
    titles, row = file.splitlines()
    assert titles.startswith("Region or nation,Unit,Role,Name,Status,Opened,Acknowledged,")
    post.member.refresh_from_db()
    today = TODAY.isoformat()
    assert row == (
        f"North,Alpha,Social media officer,'{post.member},Acknowledged,{today},{today},0,"
    )


def test_a_region_without_anything_sent_says_so(client, lead):
    client.force_login(lead)
    assert "Nothing has been sent yet." in visible_text(client.get("/circulations/"))


@pytest.mark.parametrize(
    ("page", "queries"), [("", 6), ("acknowledgements/", 14), ("acknowledgements.csv", 11)]
)
def test_a_page_costs_the_same_for_one_recipient_as_for_three(
    client, north, lead, page, queries, django_assert_num_queries
):
    client.force_login(lead)
    for number in (1, 2):
        fill(number, north)
        sent = [circulate_version(make_version(slug=f"number-{number}-{n}")) for n in range(number)]
        Appointment.objects.filter(role__slug=Role.SOCIAL_MEDIA_OFFICER).update(
            valid_until=TODAY - DAY
        )
        fill(number, north)  # newcomers to posts that are vacant otherwise
        address = f"{sent[0].get_absolute_url()}{page}" if page else "/circulations/"
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)
