"""E-mails about notices: sent once, from a server that may be away, and saying next to nothing."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from ground.jobs.leases import claim
from ground.jobs.models import TaskJob
from ground.jobs.tasks import run_task_job
from party.actions.notices.emails import send_due_emails
from party.actions.notices.notifying import notify, send_what_was_left
from party.actions.notices.occasions import Occasion
from party.models import NoticeEmail
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db

Status = NoticeEmail.Status
NOW = timezone.now() - datetime.timedelta(minutes=1)


def notify_them(*members, about=1, **given):
    given = {"subject": "Please read: the procedure", "url": "/circulations/1/", **given}
    return notify(members, occasion=Occasion.CIRCULATION_SENT, about=about, now=NOW, **given)


def email() -> NoticeEmail:
    return NoticeEmail.objects.get()


def send():
    return send_due_emails(now=timezone.now())


def test_an_email_goes_out_after_the_transaction_to_those_who_want_it(
    django_capture_on_commit_callbacks, settings
):
    settings.BASE_URL = "https://hub.example/"
    ada, ben = MemberFactory(), MemberFactory(email_notices=False)
    with django_capture_on_commit_callbacks(execute=True):
        notify_them(ada, ben, message="Read it before the meeting, Ada of Calder Valley.")
    job = TaskJob.objects.get()
    assert job.task == "party.tasks.send_notices"
    run_task_job.call(job.pk)
    (sent,) = mail.outbox
    notice = ada.notices.get()
    assert (sent.to, sent.subject) == ([ada.email], "Please read: the procedure")
    assert sent.extra_headers == {"Auto-Submitted": "auto-generated"}
    assert f"https://hub.example/notices/{notice.pk}/" in sent.body
    assert "switch these e-mails off" in sent.body
    assert sent.body.rstrip().endswith("https://hub.example/notices/")


def test_an_email_says_neither_who_is_told_nor_what():
    ada = MemberFactory(first_name="Ada", last_name="Lovelace")
    notify_them(ada, message="You are the officer of Calder Valley.")
    send()
    (sent,) = mail.outbox
    for private in ("Ada", "Lovelace", "officer", "Calder Valley", "/circulations/"):
        assert private not in sent.subject + sent.body


def test_nobody_is_sent_the_same_twice():
    notify_them(MemberFactory(), MemberFactory())
    assert [send(), send()] == [2, 0]
    assert len(mail.outbox) == 2
    assert [job.status for job in NoticeEmail.objects.all()] == [Status.DONE, Status.DONE]


def test_what_was_read_or_switched_off_meanwhile_is_not_sent():
    ada, ben, cem = MemberFactory.create_batch(3)
    notify_them(ada, ben, cem)
    ada.notices.update(read_at=NOW)
    type(ben).objects.filter(pk=ben.pk).update(email_notices=False)
    assert send() == 1
    assert [sent.to for sent in mail.outbox] == [[cem.email]]
    type(ben).objects.filter(pk=ben.pk).update(email_notices=True)
    assert send() == 0  # what is switched on again is not for the past


def test_a_notice_that_another_process_is_sending_is_left_to_it():
    notify_them(MemberFactory())
    claim(NoticeEmail.objects.due(), NoticeEmail.objects.get().pk)
    assert send() == 0


def test_a_notice_whose_process_was_killed_is_sent_by_the_next_run():
    notify_them(MemberFactory())
    claim(NoticeEmail.objects.due(), NoticeEmail.objects.get().pk)
    NoticeEmail.objects.update(heartbeat_at=timezone.now() - datetime.timedelta(seconds=26))
    assert send() == 1
    assert (email().status, email().attempts) == (Status.DONE, 2)


def test_a_notice_that_kills_its_process_each_time_is_left_to_a_person():
    notify_them(MemberFactory())
    long_ago = timezone.now() - datetime.timedelta(seconds=26)
    NoticeEmail.objects.update(status=Status.RUNNING, attempts=5, heartbeat_at=long_ago)
    assert send() == 0
    assert email().status == Status.FAILED
    assert email().reason == "The worker stopped each time it sent this e-mail."


def test_an_address_that_refuses_stops_nobody_elses_and_is_tried_again_then_given_up(post):
    gone = MemberFactory(email="gone@members.example")
    others = MemberFactory.create_batch(2)
    notify_them(others[0], gone, others[1])
    assert send() == 2
    assert post.delivered == [member.email for member in others]
    job = gone.notices.get().email
    assert (job.status, job.attempts) == (Status.WAITING, 1)
    assert job.reason == "The mail server refused this address or text."

    delays = []
    while job.status == Status.WAITING:
        delays.append(job.not_before - job.finished_at)
        NoticeEmail.objects.filter(pk=job.pk).update(not_before=timezone.now())
        assert send() == 0
        job.refresh_from_db()
    minutes = [round(delay.total_seconds() / 60) for delay in delays]
    assert minutes == [10 * 2**number for number in range(9)]  # ever more rarely
    assert sum(minutes) > 3 * 24 * 60
    assert (job.status, job.attempts) == (Status.FAILED, 10)


def test_a_server_that_is_away_loses_nothing_and_the_next_run_sends_all(post, settings, caplog):
    members = MemberFactory.create_batch(3)
    notify_them(*members)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # where nobody listens
    assert send() == 0
    assert "The mail server is away" in caplog.text
    assert {(job.status, job.attempts) for job in NoticeEmail.objects.all()} == {("waiting", 0)}
    settings.EMAIL_PORT = port
    call_command("notices", verbosity=0)
    assert post.delivered == [member.email for member in members]


def test_emails_that_wait_are_asked_for_again_by_the_workers_duty_and_else_nothing_is():
    send_what_was_left(since=None, now=timezone.now())
    assert not TaskJob.objects.exists()
    notify_them(MemberFactory())  # and its process is killed before the commit is over
    send_what_was_left(since=None, now=timezone.now())
    run_task_job.call(TaskJob.objects.get().pk)
    assert len(mail.outbox) == 1


def test_emails_whose_worker_was_killed_are_asked_for_again():
    notify_them(MemberFactory())
    job = claim(NoticeEmail.objects.due(), email().pk)
    send_what_was_left(since=None, now=job.heartbeat_at)
    assert not TaskJob.objects.exists()
    send_what_was_left(since=None, now=job.heartbeat_at + 2 * NoticeEmail.LOST_AFTER)
    assert TaskJob.objects.get().task == "party.tasks.send_notices"
