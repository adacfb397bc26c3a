"""“Background work” in the admin: a sentence where no worker is, and what needs attention."""

import datetime

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission

from ground.jobs.models import Duty, TaskJob
from ground.jobs.signs import show_life
from ground.jobs.views import silence
from media_pipeline.models import Job
from party.models import NoticeEmail
from tests.factories.media_pipeline import JobFactory
from tests.factories.party import MemberFactory
from tests.pages import visible_text
from tests.party.actions.notices.test_emails import email, notify_them

pytestmark = pytest.mark.django_db

HOME, PAGE = "/admin/", "/admin/background-work/"
NOW = datetime.datetime(2026, 12, 1, 11, 5, tzinfo=datetime.UTC)
FAILED = TaskJob.Status.FAILED


@pytest.fixture
def operator(client):
    """A browser, signed in as somebody who may have jobs done again, and nothing else."""
    return signed_in(client, "jobs.change_taskjob")


def signed_in(client, *permissions: str):
    member = MemberFactory()
    for name in ("wagtailadmin.access_admin", *permissions):
        app, codename = name.split(".")
        member.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    client.force_login(member)
    return client


def failed_call(number: int = 1, **fields) -> TaskJob:
    return TaskJob.objects.create(
        task="search.tasks.index_changes",
        arguments=f'{{"args": [{number}], "kwargs": {{}}}}',
        queue="index",
        status=FAILED,
        attempts=4,
        reason="The storage is away.",
        started_at=NOW,
        finished_at=NOW,
        **fields,
    )


def test_a_worker_that_never_started_or_is_gone_is_said_in_a_sentence():
    assert silence(NOW) == "No worker has ever given a sign of life."
    show_life(settings.QUEUES, now=NOW)
    assert silence(NOW) == ""
    hour = datetime.timedelta(hours=1)
    assert silence(NOW + hour) == "No worker has given a sign of life since 1 December 2026, 11:05."
    show_life(["default", "index"], now=NOW + hour)
    assert silence(NOW + hour) == (
        "No worker of media, speech has given a sign of life since 1 December 2026, 11:05."
    )


def test_what_needs_attention_is_done_again_by_a_button(operator):
    show_life(settings.QUEUES)
    job = failed_call()
    words = visible_text(operator.get(PAGE))
    for sentence in (
        "Every queue has a worker.",
        "Needs attention (1)",
        "Bring the search index up to date The storage is away.",
        "Tried 4 times,",
    ):
        assert sentence in words
    address = f"{PAGE}jobs.taskjob/{job.pk}/retry/"
    assert operator.get(address).status_code == 404
    assert "It will be done again." in visible_text(operator.post(address, follow=True))
    job.refresh_from_db()
    assert (job.status, job.attempts) == (TaskJob.Status.WAITING, 0)
    assert "Nothing was changed" in visible_text(operator.post(address, follow=True))
    assert "Needs attention (0)" in visible_text(operator.get(PAGE))


def test_an_email_that_was_refused_is_sent_again_by_the_same_button(operator):
    notify_them(MemberFactory())
    NoticeEmail.objects.update(status=FAILED, reason="Refused.", finished_at=NOW)
    assert "Please read: the procedure Refused." in visible_text(operator.get(PAGE))
    operator.post(f"{PAGE}party.noticeemail/{email().pk}/retry/")
    assert email().status == NoticeEmail.Status.WAITING


def test_what_has_a_page_of_its_own_is_dealt_with_there(client):
    operator = signed_in(client, "jobs.change_taskjob", "media_pipeline.add_film")
    job = JobFactory(status=FAILED, reason="No space left.")
    page = operator.get(PAGE).content.decode()
    assert "No space left." not in page
    assert "/admin/films/jobs/" in page
    assert "Films: jobs 1 needs attention" in visible_text(page)
    assert operator.post(f"{PAGE}media_pipeline.job/{job.pk}/retry/").status_code == 404
    assert Job.objects.get().status == FAILED


def test_nobody_is_led_to_a_page_that_is_closed_to_them(operator):
    JobFactory(status=FAILED)
    page = operator.get(PAGE).content.decode()
    assert "/admin/films/jobs/" not in page
    assert "Films: jobs 1 needs attention. Those who work on them deal" in visible_text(page)


def test_a_duty_that_fails_again_and_again_is_named(operator):
    Duty.objects.create(
        name="ground.scheduled_publishing.publish_scheduled", attempts=4, reason="It fails."
    )
    words = visible_text(operator.get(PAGE))
    assert "Publish and unpublish what authors have scheduled, each once It fails." in words
    assert "Needs attention (1)" in words


def test_the_page_tells_when_each_duty_was_done(operator):
    name = "library.facts.actions.reviews.remind_reviews_due"
    Duty.objects.create(name=name, done_until=NOW)
    words = visible_text(operator.get(PAGE))
    assert (
        "Remind the owners of the cards whose review has become overdue 10 minutes "
        "1 December 2026, 11:05" in words.replace("\xa0", " ")
    )
    assert "if signs of life could be given lately 5 seconds Never" in words


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_as_much_for_many_as_for_one(operator, count, django_assert_num_queries):
    for number in range(count):
        failed_call(number)
    operator.get(PAGE)
    with django_assert_num_queries(QUERIES):
        operator.get(PAGE)


QUERIES = 19
