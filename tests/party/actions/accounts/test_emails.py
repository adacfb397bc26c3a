"""E-mails about accounts: they leave from a job, keep nothing, and tell nobody who is a member."""

import datetime
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from ground.jobs.leases import claim
from ground.jobs.models import TaskJob
from ground.jobs.tasks import run_task_job
from party.actions.accounts.addresses import read_change
from party.actions.accounts.emails import PAUSE, send_due_account_emails
from party.actions.accounts.requests import (
    ask_for_new_password,
    ask_to_confirm_address,
    invite,
    send_what_was_left,
    tell_of_new_address,
    tell_of_new_password,
)
from party.models import AccountEmail
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now() - datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def nothing_sent_lately():
    cache.clear()


def send():
    return send_due_account_emails(now=timezone.now())


def link_in(sent) -> str:
    return re.search(r"https?://[^\s/]+(/\S+/)\n", sent.body)[1]


def test_an_email_leaves_from_a_task_once_the_transaction_is_committed(
    django_capture_on_commit_callbacks,
):
    ada = MemberFactory()
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_new_password(ada.email, now=NOW)
    (job,) = TaskJob.objects.all()
    assert (job.task, mail.outbox) == ("party.tasks.send_account_emails", [])
    run_task_job.call(job.pk)
    assert [sent.to for sent in mail.outbox] == [[ada.email]]


def test_its_links_lead_to_the_hub_by_its_own_address(settings):
    settings.BASE_URL = "https://hub.example/"
    ask_for_new_password(MemberFactory().email, now=NOW)
    send()
    (sent,) = mail.outbox
    assert "https://hub.example/accounts/password/reset/key/" in sent.body
    assert sent.body.rstrip().endswith("Membersnet’s learning hub\nhttps://hub.example/")
    assert sent.from_email == "Membersnet <hub@membersnet.example>"
    assert sent.extra_headers == {"Auto-Submitted": "auto-generated"}


def test_an_address_in_capitals_is_that_of_its_member():
    ask_for_new_password(MemberFactory(email="ada@members.example").email.upper(), now=NOW)
    send()
    assert [sent.to for sent in mail.outbox] == [["ada@members.example"]]


def test_nothing_goes_to_an_address_without_an_open_account():
    closed = MemberFactory(is_active=False)
    ask_for_new_password("nobody@members.example", now=NOW)
    ask_for_new_password(closed.email, now=NOW)
    assert send() == 0
    assert mail.outbox == []


def test_nothing_is_kept_once_it_is_over():
    ask_for_new_password(MemberFactory().email, now=NOW)
    ask_for_new_password("nobody@members.example", now=NOW)
    tell_of_new_password(MemberFactory(), now=NOW)
    assert send() == 2
    assert not AccountEmail.objects.exists()


def test_no_link_is_stored_while_it_waits():
    ask_for_new_password(MemberFactory().email, now=NOW)
    ask_to_confirm_address(MemberFactory(), "new@members.example", now=NOW)
    for row in AccountEmail.objects.values():
        assert not any("/" in str(value) for value in row.values())


def test_whoever_asks_again_and_again_for_somebody_fills_no_letter_box():
    ada = MemberFactory()
    for _each in range(4):
        ask_for_new_password(ada.email, now=NOW)
    assert send() == 1
    ask_for_new_password(ada.email, now=NOW)
    assert send() == 0
    assert len(mail.outbox) == 1
    assert PAUSE == 300
    cache.clear()  # the pause is over
    ask_for_new_password(ada.email, now=NOW)
    assert send() == 1


def test_a_mail_server_that_is_away_loses_none(post, settings):
    ada, ben = MemberFactory(), MemberFactory()
    ask_for_new_password(ada.email, now=NOW)
    tell_of_new_password(ben, now=NOW)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # where nobody listens
    assert [send(), send()] == [0, 0]
    assert {(job.status, job.attempts) for job in AccountEmail.objects.all()} == {("waiting", 0)}
    settings.EMAIL_PORT = port
    call_command("notices", verbosity=0)
    assert post.delivered == [ada.email, ben.email]
    assert not AccountEmail.objects.exists()


def test_an_email_whose_process_was_killed_is_sent_by_the_next_run():
    ask_for_new_password(MemberFactory().email, now=NOW)
    claim(AccountEmail.objects.due(), AccountEmail.objects.get().pk)
    assert send() == 0
    AccountEmail.objects.update(heartbeat_at=timezone.now() - datetime.timedelta(seconds=26))
    assert send() == 1


def test_emails_that_wait_are_asked_for_again_by_the_workers_duty_and_else_nothing_is(settings):
    assert "party.actions.accounts.requests.send_what_was_left" in settings.DUTIES
    send_what_was_left(since=None, now=timezone.now())
    assert not TaskJob.objects.exists()
    ask_for_new_password(MemberFactory().email, now=NOW)  # and its process is killed before
    send_what_was_left(since=None, now=timezone.now())
    run_task_job.call(TaskJob.objects.get().pk)
    assert len(mail.outbox) == 1


def test_an_address_that_refuses_is_tried_again_and_then_forgotten(post):
    invite(MemberFactory(email="gone@members.example", password="!"), now=NOW)
    minutes = []
    while job := AccountEmail.objects.first():
        assert send() == 0
        if job := AccountEmail.objects.first():
            minutes.append(round((job.not_before - job.finished_at).total_seconds() / 60))
            AccountEmail.objects.update(not_before=timezone.now())
    assert minutes == [2, 10, 30, 120, 720]
    assert post.delivered == []


def test_an_invitation_goes_to_whoever_has_no_password_yet():
    ada, ben = MemberFactory(password="!"), MemberFactory()
    ben.set_password("chosen meanwhile")
    ben.save()
    invite(ada, now=NOW)
    invite(ben, now=NOW)
    assert send() == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([ada.email], "Choose a password")
    assert link_in(sent).startswith("/accounts/password/reset/key/")


def test_a_new_address_is_confirmed_by_who_reads_its_emails():
    ada = MemberFactory()
    ask_to_confirm_address(ada, "new@members.example", now=NOW)
    assert send() == 1
    (sent,) = mail.outbox
    assert sent.to == ["new@members.example"]
    change = read_change(link_in(sent).split("/")[-2])
    assert (change.member, change.old, change.new) == (ada, ada.email, "new@members.example")


def test_an_address_that_has_an_account_gets_no_link():
    ask_to_confirm_address(MemberFactory(), MemberFactory(email="ben@x.example").email, now=NOW)
    assert send() == 1
    (sent,) = mail.outbox
    assert sent.to == ["ben@x.example"]
    assert "/account/" not in sent.body
    assert "There is an account with it already" in sent.body


def test_a_former_address_is_told_that_it_was_changed():
    ada = MemberFactory(email="new@members.example")
    tell_of_new_address(ada, "old@members.example", now=NOW)
    assert send() == 1
    assert [sent.to for sent in mail.outbox] == [["old@members.example"]]


def test_an_email_says_neither_a_name_nor_a_post():
    ada = MemberFactory(first_name="Ada", last_name="Lovelace", password="!")
    ask_for_new_password(ada.email, now=NOW)
    invite(ada, now=NOW)
    ask_to_confirm_address(ada, "new@members.example", now=NOW)
    tell_of_new_address(ada, "old@members.example", now=NOW)
    tell_of_new_password(ada, now=NOW)
    assert send() == 5
    for sent in mail.outbox:
        for private in ("Ada", "Lovelace", ada.email, "localhost", "example.com"):
            assert private not in sent.subject + sent.body.replace("http://localhost:8000", "")
