"""A follower of a chapter is told when it changes: once, of what she may read."""

import pytest
from django.utils import timezone

from library.rules.actions.access import restrict_part
from library.rules.actions.followers import follow, notify_followers, unfollow
from library.rules.models import Follow
from party.models import Notice
from tests.factories.library import at, make_edition, make_second, make_work
from tests.factories.party import MemberFactory


def follow_chapter(edition, citation, member):
    chapter = at(edition, citation) if citation else None
    return follow(edition.work, chapter=chapter, by=member, now=timezone.now())


def test_a_chapter_is_followed_and_unfollowed_from_its_page(client, book, member):
    client.force_login(member)
    given = {"chapter": at(book, "7").lineage, "next": "/rules/sample/7/"}

    for _twice in range(2):
        answer = client.post("/rules/sample/follow/", given)
    assert answer.headers["Location"] == "/rules/sample/7/"
    assert [each.lineage for each in Follow.objects.visible_to(member)] == [at(book, "7").lineage]

    client.post("/rules/sample/follow/", {**given, "stop": "1", "next": "https://evil.example/"})
    assert not Follow.objects.exists()


def test_nobody_follows_what_they_may_not_read(client, book, member):
    restrict_part(at(book, "7"), "editors", by=None, now=timezone.now())
    make_edition(make_work("closed", audience="editors"))
    client.force_login(member)

    for chapter in (at(book, "7").lineage, at(book, "4.II").lineage, "7"):
        answer = client.post("/rules/sample/follow/", {"chapter": chapter})
        assert answer.status_code == 404
    assert client.post("/rules/closed/follow/").status_code == 404
    assert client.get("/rules/sample/follow/").status_code == 405
    assert not Follow.objects.exists()


def test_people_see_their_own_follows_alone(book, member):
    follow_chapter(book, "7", member)
    follow_chapter(book, "", MemberFactory())

    assert Follow.objects.visible_to(member).lineages(book.work) == {at(book, "7").lineage}


def test_followers_are_told_once_which_chapters_change_and_from_when(book):
    both, one, whole, unconcerned = MemberFactory.create_batch(4)
    for member, citation in ((both, "4"), (both, "7"), (one, "7"), (whole, "")):
        follow_chapter(book, citation, member)
    other = make_edition(make_work("other"))
    follow_chapter(other, "4", unconcerned)
    edition = make_second(book)
    edition.note = "The quorum grows."
    edition.save()

    assert notify_followers(edition, now=timezone.now()) == 3
    assert notify_followers(edition, now=timezone.now()) == 0

    notices = {notice.member: notice for notice in Notice.objects.all()}
    assert set(notices) == {both, one, whole}
    assert notices[both].subject == "The sample book changes on 1 January 2022"
    assert notices[both].url == "/rules/sample/changes/?since=first-edition"
    assert notices[both].message.splitlines() == [
        "The quorum grows.",
        "Chapter 4 — Meetings: 1 reworded.",
        "Chapter 7 — Online groups: 1 removed, 1 renumbered.",
    ]
    assert "Meetings" not in notices[one].message
    assert "House rules: 1 new." in notices[whole].message


def test_nobody_is_told_of_what_they_may_not_read(book, member):
    follow_chapter(book, "4", member)
    edition = make_second(book)
    for each in (book, edition):
        restrict_part(at(each, "4"), "editors", by=None, now=timezone.now())

    assert notify_followers(edition, now=timezone.now()) == 0


def test_who_follows_no_longer_is_not_told(book, member):
    follow_chapter(book, "", member)
    unfollow(book.work, by=member)

    assert notify_followers(make_second(book), now=timezone.now()) == 0


@pytest.mark.parametrize("followed", ["", "7"])
def test_the_button_says_whether_one_follows(client, book, member, followed):
    client.force_login(member)
    assert (
        "Get a notice when any of it changes"
        in client.get("/rules/sample/editions/").content.decode()
    )
    follow_chapter(book, followed, member)

    page = client.get("/rules/sample/editions/").content.decode()
    assert ("Following all of it: stop" in page) == (followed == "")
