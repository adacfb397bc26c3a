"""E-mails that were handed to Django: they leave from a job, as they were, and nothing is kept."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from ground.jobs.leases import claim
from ground.jobs.models import TaskJob
from ground.jobs.tasks import run_task_job
from party.actions.outgoing.emails import send_due_outgoing_emails
from party.actions.outgoing.requests import queue_email, send_what_was_left
from party.models import OutgoingEmail

pytestmark = pytest.mark.django_db

ADDRESSES = ("to", "cc", "bcc", "reply_to")
NOW = timezone.now() - datetime.timedelta(minutes=1)
DUTY = "party.actions.outgoing.requests.send_what_was_left"


def queue(*to: str, **given) -> OutgoingEmail:
    given = {"subject": "Submitted", "body": "A page was submitted.", **given}
    return queue_email(mail.EmailMultiAlternatives(to=list(to), **given), now=NOW)


def send() -> int:
    return send_due_outgoing_emails(now=timezone.now())


def parts(message) -> list:
    texts = [getattr(message, name) for name in ("subject", "body", "from_email")]
    return (
        texts
        + [list(getattr(message, name)) for name in ADDRESSES]
        + [
            message.extra_headers,
            message.alternatives,
        ]
    )


def test_what_leaves_is_what_was_handed_over():
    message = mail.EmailMultiAlternatives(
        "Eine Seite, “ŵ”",
        "One.\nTwo.",
        "Hub <hub@members.example>",
        ["ada@members.example", "ben@members.example"],
        cc=["cem@members.example"],
        bcc=["dai@members.example"],
        reply_to=["eve@members.example"],
        headers={"Auto-Submitted": "auto-generated"},
        alternatives=[("<p>One.</p>", "text/html")],
    )
    queue_email(message, now=NOW)
    assert send() == 1
    (sent,) = mail.outbox
    assert parts(sent) == parts(message)
    assert sent.message().get_content_type() == "multipart/alternative"


def test_it_leaves_once_and_nothing_is_kept():
    queue("ada@members.example")
    queue("ben@members.example")
    assert [send(), send()] == [2, 0]
    assert not OutgoingEmail.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda message: message.attach("rules.txt", "The rules", "text/plain"),
        lambda message: setattr(message, "content_subtype", "html"),
    ],
    ids=["a file", "HTML alone"],
)
def test_what_no_row_holds_is_refused_at_once(change):
    message = mail.EmailMessage("Submitted", "A page", to=["ada@members.example"])
    change(message)
    with pytest.raises(ValueError, match="plain text"):
        queue_email(message, now=NOW)
    assert not OutgoingEmail.objects.exists()


def test_a_mail_server_that_is_away_loses_none(post, settings):
    queue("ada@members.example")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # where nobody listens
    assert [send(), send()] == [0, 0]
    assert {(job.status, job.attempts) for job in OutgoingEmail.objects.all()} == {("waiting", 0)}
    settings.EMAIL_PORT = port
    call_command("notices", verbosity=0)
    assert post.delivered == ["ada@members.example"]
    assert not OutgoingEmail.objects.exists()


def test_an_address_that_refuses_stops_nobody_elses_and_is_tried_for_half_a_day(post):
    queue("gone@members.example")
    queue("ada@members.example")
    assert send() == 1
    minutes = []
    while job := OutgoingEmail.objects.first():
        minutes.append(round((job.not_before - job.finished_at).total_seconds() / 60))
        OutgoingEmail.objects.update(not_before=timezone.now())
        assert send() == 0
    assert minutes == [2, 10, 30, 120, 720]
    assert post.delivered == ["ada@members.example"]


def test_emails_that_wait_are_asked_for_again_by_the_workers_duty_and_else_nothing_is(settings):
    assert DUTY in settings.DUTIES
    send_what_was_left(since=None, now=timezone.now())
    assert not TaskJob.objects.exists()
    queue("ada@members.example")  # and its process is killed before the commit is over
    send_what_was_left(since=None, now=timezone.now())
    run_task_job.call(TaskJob.objects.get().pk)
    assert [sent.to for sent in mail.outbox] == [["ada@members.example"]]


def test_emails_whose_worker_was_killed_are_asked_for_again():
    job = claim(OutgoingEmail.objects.due(), queue("ada@members.example").pk)
    send_what_was_left(since=None, now=job.heartbeat_at)
    assert not TaskJob.objects.exists()
    send_what_was_left(since=None, now=job.heartbeat_at + 2 * OutgoingEmail.LOST_AFTER)
    assert TaskJob.objects.get().task == "party.tasks.send_outgoing_emails"
