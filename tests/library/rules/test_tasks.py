"""Search looks again on the day when an edition comes into force."""

import datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from library.rules.tasks import reindex_on_commencement
from search.models import ChangedEntry
from tests.factories.library import make_edition

TASK = "library.rules.tasks.reindex_on_commencement"


@pytest.mark.django_db(transaction=True)
def test_publishing_ahead_of_time_asks_for_search_to_follow_on_the_day(book):
    assert not DBTaskResult.objects.filter(task_path=TASK).exists()
    ahead = timezone.localdate() + datetime.timedelta(days=30)

    edition = make_edition(book.work, label="Next", in_force_from=ahead)

    asked = DBTaskResult.objects.get(task_path=TASK)
    assert timezone.localtime(asked.run_after) == datetime.datetime.combine(
        ahead, datetime.time.min, tzinfo=timezone.get_default_timezone()
    )
    assert asked.args_kwargs == {"args": [], "kwargs": {"edition_id": edition.pk}}


def test_on_the_day_search_looks_again_at_the_new_edition_and_the_one_it_follows(book):
    edition = make_edition(book.work, label="Next", in_force_from=datetime.date(2022, 1, 1))
    ChangedEntry.objects.all().delete()

    reindex_on_commencement.call(edition_id=edition.pk)

    editions = (book, edition)
    assert set(ChangedEntry.objects.values_list("key", flat=True)) == {
        str(provision.pk)
        for each in editions
        for provision in each.provisions.exclude(kind="lead_in")
    }


def test_an_edition_that_is_gone_by_then_is_no_error(db):
    reindex_on_commencement.call(edition_id=999_999)

    assert not ChangedEntry.objects.exists()
