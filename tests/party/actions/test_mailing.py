"""E-mails that wait as jobs are sent in one run, each as it is written then."""

import pytest
from django.core import mail
from django.utils import timezone

from party.actions import mailing
from party.actions.mailing import email_from_the_hub, hub_address, send_due
from party.models import AccountEmail

KIND = AccountEmail.Kind.PASSWORD_RESET


def test_a_subject_is_one_line_and_no_machine_answers():
    subject = "Please read:\r\nBcc: all@members.example"
    headers = email_from_the_hub(subject, "The procedure", to="ada@members.example").message()
    assert headers["Subject"] == "Please read: Bcc: all@members.example"
    assert (headers["To"], headers["Bcc"]) == ("ada@members.example", None)
    assert headers["Auto-Submitted"] == "auto-generated"


def test_the_hubs_address_is_that_of_its_settings_without_a_slash(settings):
    settings.BASE_URL = "https://hub.example/"
    assert hub_address() == "https://hub.example"


@pytest.fixture
def waiting(db):
    """Five e-mails that are due."""
    for number in range(5):
        AccountEmail.objects.create(kind=KIND, address=f"{number}@members.example")


def written(job):
    return email_from_the_hub("Hello", "Hello", to=job.address)


def send(write=written) -> int:
    return send_due(AccountEmail.objects.all(), write, now=timezone.now())


def test_more_than_are_read_at_once_are_all_sent_in_one_run_and_once(waiting, monkeypatch):
    monkeypatch.setattr(mailing, "AT_ONCE", 2)
    assert (send(), send()) == (5, 0)
    assert [each.to for each in mail.outbox] == [[f"{n}@members.example"] for n in range(5)]
    assert set(AccountEmail.objects.values_list("status", "attempts")) == {("done", 1)}


def test_an_email_that_nobody_waits_for_is_cancelled_and_the_others_go(waiting):
    assert send(lambda job: None if job.address.startswith("3") else written(job)) == 4
    (cancelled,) = AccountEmail.objects.filter(status="cancelled")
    assert (cancelled.address, cancelled.reason) == ("3@members.example", "Nobody waits for it.")
    assert AccountEmail.objects.filter(status="done").count() == 4


def test_a_server_is_asked_once_for_all_and_not_where_nothing_is_due(waiting, post):
    assert (send(), post.connections) == (5, 1)
    assert (send(), post.connections) == (0, 1)
