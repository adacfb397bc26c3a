"""What follows from publishing an edition: a task tells whoever it concerns."""

import pytest
from django_tasks_db.models import DBTaskResult

from library.rules.tasks import notify_of_edition
from party.models import Notice
from tests.factories.library import make_second


@pytest.mark.django_db(transaction=True)
def test_publishing_puts_a_task_in_the_queue_that_tells_of_the_edition(book):
    edition = make_second(book)

    task = "library.rules.tasks.notify_of_edition"
    asked = DBTaskResult.objects.filter(task_path=task).order_by("enqueued_at").last()
    assert asked.args_kwargs["kwargs"] == {"edition_id": edition.pk}


def test_an_edition_that_is_gone_or_first_tells_nobody(book):
    notify_of_edition.call(edition_id=999_999)
    notify_of_edition.call(edition_id=book.pk)

    assert not Notice.objects.exists()
