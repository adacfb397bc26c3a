"""What members are told: once, in the hub, and by e-mail from a server that may be away."""

import datetime
import socketserver
import threading

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from membersnet.management.commands.worker import duties, look_after_notices
from party.actions import forget_old_notices, send_by_email, tell
from party.models import Notice
from party.tasks import send_notices
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now() - datetime.timedelta(minutes=1)


def tell_them(*members, key="procedure:1", **given):
    given = {"subject": "Please read: the procedure", "url": "/circulations/1/", **given}
    return tell(members, key=key, now=NOW, **given)


def send():
    return send_by_email(now=timezone.now())


# --- telling --------------------------------------------------------------------------------------


def test_an_occasion_is_told_once_to_each_however_often_it_is_told():
    ada, ben, cem = MemberFactory.create_batch(3)
    assert tell_them(ada, ben, ada) == 2
    assert tell_them(ben, cem) == 1
    assert tell_them(ada, key="procedure:2") == 1
    assert sorted(Notice.objects.values_list("member", "key")) == [
        (ada.pk, "procedure:1"),
        (ada.pk, "procedure:2"),
        (ben.pk, "procedure:1"),
        (cem.pk, "procedure:1"),
    ]


def test_telling_three_costs_as_many_queries_as_telling_one(django_assert_num_queries):
    for number in (1, 3):
        members = MemberFactory.create_batch(number)
        with django_assert_num_queries(4):  # a savepoint, who was told, the notices, its end
            assert tell_them(*members) == number


def test_whoever_has_no_account_any_more_is_not_told():
    assert tell_them(MemberFactory(is_active=False)) == 0
    assert Notice.objects.count() == 0


def test_a_subject_is_one_line_of_200_letters_at_most():
    tell_them(MemberFactory(), subject="Please read:\r\nBcc: all@members.example " + "x" * 300)
    subject = Notice.objects.get().subject
    assert subject.startswith("Please read: Bcc: all@members.example xxx")
    assert len(subject) == 200


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\x.y"]
)
def test_a_notice_leads_nowhere_but_into_the_hub(url):
    with pytest.raises(ValueError, match="within the hub"):
        tell_them(MemberFactory(), url=url)


# --- by e-mail ------------------------------------------------------------------------------------


def test_an_email_goes_out_after_the_transaction_to_those_who_want_it(
    django_capture_on_commit_callbacks, settings
):
    settings.BASE_URL = "https://hub.example/"
    ada, ben = MemberFactory(), MemberFactory(email_notices=False)
    with django_capture_on_commit_callbacks(execute=True):
        tell_them(ada, ben, message="Read it before the meeting, Ada of Calder Valley.")
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
    tell_them(ada, message="You are the officer of Calder Valley.")
    send()
    (sent,) = mail.outbox
    for private in ("Ada", "Lovelace", "officer", "Calder Valley", "/circulations/"):
        assert private not in sent.subject + sent.body


def test_nobody_is_sent_the_same_twice():
    tell_them(MemberFactory(), MemberFactory())
    assert [send(), send()] == [2, 0]
    assert len(mail.outbox) == 2
    assert Notice.objects.exclude(emailed_at=None).filter(email_due_at=None).count() == 2


def test_what_was_read_or_switched_off_meanwhile_is_not_sent():
    ada, ben, cem = MemberFactory.create_batch(3)
    tell_them(ada, ben, cem)
    ada.notices.update(read_at=NOW)
    type(ben).objects.filter(pk=ben.pk).update(email_notices=False)
    assert send() == 1
    assert [sent.to for sent in mail.outbox] == [[cem.email]]
    type(ben).objects.filter(pk=ben.pk).update(email_notices=True)
    assert send() == 0  # what is switched on again is not for the past


def test_a_notice_that_another_process_is_sending_is_left_to_it():
    tell_them(MemberFactory())
    Notice.objects.update(email_due_at=timezone.now() + datetime.timedelta(minutes=9))
    assert send() == 0


def test_a_notice_whose_process_was_killed_is_sent_by_the_next_after_its_lease():
    tell_them(MemberFactory())
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
    tell_them(others[0], gone, others[1])
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
    tell_them(*members)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # where nobody listens
    assert send() == 0
    assert "The mail server is away" in caplog.text
    settings.EMAIL_PORT = port
    call_command("notices", verbosity=0)
    assert post.delivered == [member.email for member in members]


# --- what is kept ---------------------------------------------------------------------------------


def test_a_notice_is_forgotten_a_year_after_it_was_read_and_never_unread():
    ada = MemberFactory()
    for days, read in ((366, True), (364, True), (900, False)):
        tell_them(ada, key=f"{days}")
        moment = timezone.now() - datetime.timedelta(days=days)
        Notice.objects.filter(key=f"{days}").update(
            made_at=moment, read_at=moment if read else None
        )
    assert forget_old_notices(now=timezone.now()) == 1
    assert sorted(Notice.objects.values_list("key", flat=True)) == ["364", "900"]


def test_the_workers_look_after_notices():
    assert look_after_notices in [duty for _every, duty in duties(["media"])]
    tell_them(MemberFactory())
    look_after_notices()
    assert len(mail.outbox) == 1
