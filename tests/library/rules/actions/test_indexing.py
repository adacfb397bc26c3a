"""Search follows on the day when an edition comes into force."""

import datetime

from library.rules.actions.indexing import reindex_on_commencement
from search.models import ChangedEntry
from tests.factories.library import make_edition

DAY = datetime.timedelta(days=1)


def at(hour: int, day: int) -> datetime.datetime:
    return datetime.datetime(2030, 1, day, hour, tzinfo=datetime.UTC)


def test_on_the_day_search_looks_again_at_the_new_edition_and_the_one_it_follows(book):
    edition = make_edition(book.work, label="Next", in_force_from=datetime.date(2030, 1, 2))
    ChangedEntry.objects.all().delete()
    reindex_on_commencement(since=at(0, day=1), now=at(23, day=1))
    assert not ChangedEntry.objects.exists()

    reindex_on_commencement(since=at(23, day=1), now=at(1, day=2))
    assert set(ChangedEntry.objects.values_list("key", flat=True)) == {
        str(provision.pk)
        for each in (book, edition)
        for provision in each.provisions.exclude(kind="lead_in")
    }
    ChangedEntry.objects.all().delete()
    reindex_on_commencement(since=at(1, day=2), now=at(23, day=2))
    assert not ChangedEntry.objects.exists()


def test_what_came_into_force_while_no_worker_ran_is_made_up_for(book):
    make_edition(book.work, label="Next", in_force_from=datetime.date(2030, 1, 2))
    ChangedEntry.objects.all().delete()
    reindex_on_commencement(since=at(1, day=1), now=at(1, day=20))
    assert ChangedEntry.objects.exists()


def test_a_draft_is_nothing_to_search(book):
    make_edition(book.work, label="Next", in_force_from=datetime.date(2030, 1, 2), publish=False)
    ChangedEntry.objects.all().delete()
    reindex_on_commencement(since=None, now=at(1, day=1))
    before = ChangedEntry.objects.count()
    reindex_on_commencement(since=None, now=at(1, day=3))
    assert ChangedEntry.objects.count() == before
