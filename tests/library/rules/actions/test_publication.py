"""An edition is published: what ends, what is refused, and who is told later."""

import datetime

import pytest
from wagtail.models import ModelLogEntry

from ground.jobs.models import TaskJob
from ground.refusals import Refused
from library.rules.actions.publication import publish_edition
from library.rules.models import Edition, Provision
from library.rules.tasks import notify_of_edition
from party.models import Notice
from search.models import ChangedEntry
from tests.factories.library import make_edition, make_second, make_work

NOW = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)


def logged(instance) -> list[tuple]:
    entries = ModelLogEntry.objects.for_instance(instance).order_by("pk")
    return [(entry.action, entry.user_id, entry.data) for entry in entries]


def marked(kind: str) -> set[str]:
    return set(ChangedEntry.objects.filter(kind=kind).values_list("key", flat=True))


def keys_of(edition: Edition) -> set[str]:
    """Return the keys of all that search should know of an edition."""
    found = edition.provisions.exclude(kind=Provision.Kind.LEAD_IN)
    return {str(pk) for pk in found.values_list("pk", flat=True)}


def test_publishing_ends_the_edition_before_and_tells_search_of_both(book, member):
    second = make_edition(
        book.work, label="Second", in_force_from=datetime.date(2022, 1, 1), publish=False
    )
    ChangedEntry.objects.all().delete()

    published = publish_edition(second, by=member, now=NOW)

    book.refresh_from_db()
    assert book.in_force_until == datetime.date(2021, 12, 31)
    assert (published.status, published.published_at, published.in_force_until) == (
        Edition.Status.PUBLISHED,
        NOW,
        None,
    )
    assert marked("provision") == keys_of(book) | keys_of(published)
    assert logged(published)[-1] == (
        "rules.publish",
        member.pk,
        {"status": ["draft", "published"]},
    )
    assert logged(book)[-1] == (
        "rules.end",
        member.pk,
        {"in_force_until": [None, "2021-12-31"]},
    )


def test_an_older_edition_published_late_fits_in_before_the_current_one(book):
    older = make_edition(book.work, label="Older", in_force_from=datetime.date(2018, 1, 1))

    book.refresh_from_db()
    assert (older.in_force_until, book.in_force_until) == (datetime.date(2019, 12, 31), None)


def test_an_edition_between_two_ends_one_and_is_ended_by_the_other(book):
    last = make_edition(book.work, label="Last", in_force_from=datetime.date(2024, 1, 1))
    middle = make_edition(book.work, label="Middle", in_force_from=datetime.date(2022, 1, 1))

    book.refresh_from_db()
    last.refresh_from_db()
    assert book.in_force_until == datetime.date(2021, 12, 31)
    assert middle.in_force_until == datetime.date(2023, 12, 31)
    assert last.in_force_until is None


def test_editions_of_other_works_are_left_alone(book):
    make_edition(make_work("other"), in_force_from=datetime.date(2022, 1, 1))

    book.refresh_from_db()
    assert book.in_force_until is None


def test_publishing_twice_is_refused(book):
    with pytest.raises(Refused, match="is published already"):
        publish_edition(book, by=None, now=NOW)


def test_two_editions_from_the_same_day_are_refused(book):
    with pytest.raises(Refused, match="First edition comes into force on the same day"):
        make_edition(book.work, label="Second")
    assert Edition.objects.get(label="Second").status == Edition.Status.DRAFT


def test_an_edition_without_provisions_is_refused(db):
    edition = Edition.objects.create(
        work=make_work(), label="Empty", slug="empty", in_force_from=datetime.date(2026, 1, 1)
    )

    with pytest.raises(Refused, match="has no provisions"):
        publish_edition(edition, by=None, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_publishing_puts_a_task_in_the_queue_that_tells_of_the_edition(book):
    edition = make_second(book)

    asked = TaskJob.objects.filter(task="library.rules.tasks.notify_of_edition").last()
    assert asked.kwargs == {"edition_id": edition.pk}


def test_an_edition_that_is_gone_or_first_tells_nobody(book):
    notify_of_edition.call(edition_id=999_999)
    notify_of_edition.call(edition_id=book.pk)

    assert not Notice.objects.exists()
