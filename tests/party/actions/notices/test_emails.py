"""E-mails about notices: sent once, from a server that may be away, and saying next to nothing."""

import datetime
import socketserver
import threading

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from membersnet.management.commands.worker import duties, look_after_notices
from party.actions.notices.emails import send_due_emails
from party.actions.notices.notifying import notify
from party.actions.notices.occasions import Occasion
from party.models import Notice
from party.tasks import send_notices
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now() - datetime.timedelta(minutes=1)


def notify_them(*members, about=1, **given):
    given = {"subject": "Please read: the procedure", "url": "/circulations/1/", **given}
    return notify(members, occasion=Occasion.CIRCULATION_SENT, about=about, now=NOW, **given)


def send():
    return send_due_emails(now=timezone.now())


def test_an_email_goes_out_after_the_transaction_to_those_who_want_it(
    django_capture_on_commit_callbacks, settings
):
    settings.BASE_URL = "https://hub.example/"
    ada, ben = MemberFactory(), MemberFactory(email_notices=False)
    with django_capture_on_commit_callbacks(execute=True):
        notify_them(ada, ben, message="Read it before the meeting, Ada of Calder Valley.")
    assert [task.task_path for task in DBTaskResult.objects.all()] == ["party.tasks.send_notices"]
    send_notices.call()
    (sent,) = mail.outbox
    notice = ada.notices.get()
    assert (sent.to, sent.subject) == ([ada.email], "Please read: the procedure")
    assert sent.extra_headers == {"Auto-Submitted": "auto-generated"}
    assert f"https://hub.example/notices/{notice.pk}/" in sent.body
    assert "switch these e-mails off" in sent.body
    assert sent.body.rstrip().endswith("https://hub.example/notices/")


def test_an_email_says_neither_who_she_is_nor_what_she_is_told():
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
    assert Notice.objects.exclude(emailed_at=None).filter(email_due_at=None).count() == 2


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
    Notice.objects.update(email_due_at=timezone.now() + datetime.timedelta(minutes=9))
    assert send() == 0


def test_a_notice_whose_process_was_killed_is_sent_by_the_next_after_its_lease():
    notify_them(MemberFactory())
    Notice.objects.update(email_due_at=timezone.now() - datetime.timedelta(seconds=1))
    assert send() == 1


class _Post(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as Django asks for; refuses addresses that begin with “gone”."""

    def handle(self):
        self.say(220)
        while words := self.rfile.readline().decode().split(":", 1):
            verb = words[0][:4].upper()
            if verb == "DATA":
                self.say(354)
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.server.delivered += [self.to]
            if verb == "RCPT":
                self.to = words[1].strip(" <>\r\n")
            if not verb or self.say(550 if verb == "RCPT" and self.to[:4] == "gone" else 250):
                return

    def say(self, code):
        self.wfile.write(f"{code} so\r\n".encode())


@pytest.fixture
def post(settings):
    """A mail server, and where it keeps what was delivered."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Post) as server:
        server.daemon_threads, server.delivered = True, []
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_an_address_that_refuses_stops_nobody_elses_and_is_tried_again_then_given_up(post):
    gone = MemberFactory(email="gone@members.example")
    others = MemberFactory.create_batch(2)
    notify_them(others[0], gone, others[1])
    assert send() == 2
    assert post.delivered == [member.email for member in others]
    notice = gone.notices.get()
    assert notice.emailed_at is None
    assert notice.email_due_at > timezone.now()

    old = timezone.now() - datetime.timedelta(days=2)
    Notice.objects.filter(pk=notice.pk).update(made_at=old, email_due_at=old)
    assert send() == 0
    notice.refresh_from_db()
    assert notice.email_due_at > timezone.now() + datetime.timedelta(days=1)  # ever more rarely

    old -= datetime.timedelta(days=2)
    Notice.objects.filter(pk=notice.pk).update(made_at=old, email_due_at=old)
    assert send() == 0
    notice.refresh_from_db()
    assert (notice.email_due_at, notice.emailed_at) == (None, None)


def test_a_server_that_is_away_loses_nothing_and_the_next_run_sends_all(post, settings, caplog):
    members = MemberFactory.create_batch(3)
    notify_them(*members)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # where nobody listens
    assert send() == 0
    assert "The mail server is away" in caplog.text
    settings.EMAIL_PORT = port
    call_command("notices", verbosity=0)
    assert post.delivered == [member.email for member in members]


def test_the_workers_look_after_notices():
    assert look_after_notices in [duty for _every, duty in duties(["media"])]
    notify_them(MemberFactory())
    look_after_notices()
    assert len(mail.outbox) == 1
