"""The mail server may be away, or not answer: what is due stays due, and the worker goes on."""

import socket

import pytest
from django.conf import settings as site
from django.core.mail import EmailMessage
from django.utils import timezone

from party.actions.outgoing.emails import send_due_outgoing_emails
from party.actions.outgoing.requests import queue_email
from party.models import OutgoingEmail

pytestmark = pytest.mark.django_db


def test_a_mail_server_that_takes_the_line_and_says_nothing_is_away(settings, caplog):
    assert site.EMAIL_TIMEOUT == 30
    settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    queue_email(EmailMessage("One", "Words", to=["ada@members.example"]), now=timezone.now())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.1  # without one it would wait for ever
        assert send_due_outgoing_emails(now=timezone.now()) == 0
    assert "The mail server is away" in caplog.text
    job = OutgoingEmail.objects.get()
    assert (job.status, job.attempts) == ("waiting", 0)
