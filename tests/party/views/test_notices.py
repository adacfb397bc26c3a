"""A member's own notices: hers alone, what is new in words, and a switch for e-mails."""

import pytest
from django.utils import timezone

from party.actions.notices.notifying import notify
from party.actions.notices.occasions import Occasion
from party.models import Notice
from tests.factories.party import MemberFactory
from tests.pages import assert_hidden, visible_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    member = MemberFactory(first_name="Ada")
    client.force_login(member)
    return member


def give(member, number=1, url="/facts/"):
    """Tell a member of so many things; return the last notice."""
    for n in range(number):
        at = timezone.now()
        notify(
            [member],
            occasion=Occasion.FACT_CHANGED,
            about=f"{url}{n}",
            subject=f"Thing {n}",
            url=url,
            now=at,
            message="Look.",
        )
    return member.notices.first()


def test_the_newest_stands_first_and_what_is_new_says_so(client, ada):
    give(ada, 3)
    ada.notices.filter(subject="Thing 1").update(read_at=timezone.now())
    said = visible_text(client.get("/notices/"))
    assert said.index("Thing 2 New") < said.index("Thing 1 Look.") < said.index("Thing 0 New")
    assert "2 notices are new." in said


def test_nobody_reads_anothers(client, ada):
    theirs = give(MemberFactory())
    assert "Thing 0" not in visible_text(client.get("/notices/"))
    assert_hidden(client, f"/notices/{theirs.pk}/")
    client.post("/notices/read/")
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_opening_one_marks_it_as_read_and_goes_to_what_it_is_about(client, ada):
    notice = give(ada)
    assert client.get(f"/notices/{notice.pk}/").url == "/facts/"
    notice.refresh_from_db()
    first = notice.read_at
    assert first is not None
    client.get(f"/notices/{notice.pk}/")
    notice.refresh_from_db()
    assert notice.read_at == first


@pytest.mark.parametrize("url", ["", "https://elsewhere.example/", "//elsewhere.example/"])
def test_one_that_leads_elsewhere_leads_back_to_the_list(client, ada, url):
    notice = give(ada)
    Notice.objects.update(url=url)
    assert client.get(f"/notices/{notice.pk}/").url == "/notices/"


def test_all_are_marked_as_read_at_once(client, ada):
    give(ada, 2)
    assert "2 notices are marked as read." in visible_text(
        client.post("/notices/read/", follow=True)
    )
    assert not ada.notices.unread().exists()
    assert "Mark all as read" not in visible_text(client.get("/notices/"))


def test_emails_are_switched_off_and_on_again(client, ada):
    assert "You will not get e-mails." in visible_text(
        client.post("/notices/e-mail/", {"wanted": "off"}, follow=True)
    )
    ada.refresh_from_db()
    assert not ada.email_notices
    client.post("/notices/e-mail/", {"wanted": "rubbish"})
    ada.refresh_from_db()
    assert not ada.email_notices
    client.post("/notices/e-mail/", {"wanted": "on"})
    ada.refresh_from_db()
    assert ada.email_notices


def test_an_empty_page_says_what_will_stand_there(client, ada):
    assert "No notices yet." in visible_text(client.get("/notices/"))


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/notices/").url == "/accounts/login/?next=/notices/"


def test_the_list_has_pages_and_costs_the_same_for_one_notice_as_for_three(
    client, ada, django_assert_num_queries
):
    for number in (1, 3):
        give(ada, number)
        client.get("/notices/")
        with django_assert_num_queries(6):
            client.get("/notices/")
    give(ada, 31)
    assert "Page 2 of 2" in visible_text(client.get("/notices/?page=2"))


def test_home_shows_the_latest_three_and_how_many_are_new(client, ada):
    give(ada, 4)
    said = visible_text(client.get("/"))
    assert "4 notices are new" in said
    assert said.index("Thing 3") < said.index("Thing 2") < said.index("Thing 1")
    assert "Thing 0" not in said
