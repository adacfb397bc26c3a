"""E-mails of the admin leave from jobs: no workflow or comment waits for a mail server."""

from collections import Counter
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.mail import mail_managers, send_mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    Comment,
    GroupApprovalTask,
    PageSubscription,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from party.actions.outgoing.emails import send_due_outgoing_emails
from party.models import Member, OutgoingEmail
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db

ADA = "ada@members.example"


@pytest.fixture
def page():
    """A page whose changes are submitted for approval."""
    page = make_course().get_parent()
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="A second pair of eyes")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=page, workflow=workflow)
    return page


@pytest.fixture
def author():
    return Member.objects.create_superuser("author@members.example", "x")


@pytest.fixture
def reviewer():
    return Member.objects.create_superuser("reviewer@members.example", "x")


@pytest.fixture
def away(settings, monkeypatch):
    """A mail server that is not there; it counts how often somebody asks for it."""
    settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    asked = mock.Mock(side_effect=OSError("There is no way to the mail server."))
    monkeypatch.setattr(f"{settings.MAIL_SERVER_BACKEND}.open", asked)
    return asked


def press(client, page, **button):
    """Send the form of a page as it is drawn, by one of its buttons."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one("#page-edit-form")
    boxes = form.select("input[name], textarea[name]")
    values = {box["name"]: box.get("value") or box.text.strip() for box in boxes}
    answer = client.post(address, values | button)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer


def decide(client, page, verdict: str, **given) -> None:
    task = WorkflowState.objects.latest("pk").current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, verdict, task.pk])
    assert client.post(address, given).status_code == 302


def letters(settings) -> list[tuple[str, str]]:
    """Return to whom what goes out once the mail server is back."""
    settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_due_outgoing_emails(now=timezone.now())
    assert not OutgoingEmail.objects.exists()
    return [(sent.to[0].partition("@")[0], sent.subject) for sent in mail.outbox]


def test_whatever_is_sent_by_django_waits_as_a_job(away, settings):
    settings.MANAGERS = [("Ada", ADA)]
    assert send_mail("One", "Words", None, [ADA], html_message="<p>Words</p>") == 1
    mail_managers("Two", "Words")
    assert away.call_count == 0
    assert [str(job) for job in OutgoingEmail.objects.all()] == ["One", "[Django] Two"]


def test_a_mail_server_that_is_away_breaks_no_workflow_and_loses_none_of_its_emails(
    client, page, author, reviewer, away, settings
):
    client.force_login(author)
    press(client, page, **{"action-submit": "1"})
    client.force_login(reviewer)
    decide(client, page, "reject", comment="Say who it is for.")
    client.force_login(author)
    press(client, page, **{"action-submit": "1"})  # again
    client.force_login(reviewer)
    decide(client, page, "approve")
    assert [state.status for state in WorkflowState.objects.all()] == ["approved"]
    assert away.call_count == 0
    stage = 'The page "Courses" has been submitted for approval in moderation stage'
    whole = 'The page "Courses" has been submitted to workflow "Review"'
    assert Counter(letters(settings)) == {
        ("reviewer", f'{stage} "A second pair of eyes"'): 2,
        ("reviewer", whole): 1,
        ("author", whole): 1,
        ("author", 'The page "Courses" has been rejected during "Review".'): 1,
        ("author", 'The page "Courses" has been approved in "Review".'): 1,
    }


def test_a_mail_server_that_is_away_loses_no_email_about_a_comment(
    client, page, author, reviewer, away, settings
):
    PageSubscription.objects.create(page=page, user=author, comment_notifications=True)
    client.force_login(reviewer)
    sizes = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    comment = {"text": "Too long?", "contentpath": "title", "position": ""}
    comment |= {f"replies-{name}": 0 for name in sizes}
    values = sizes | {f"0-{name}": value for name, value in comment.items()}
    press(client, page, **{f"comments-{name}": value for name, value in values.items()})
    assert Comment.objects.get().text == "Too long?"
    assert away.call_count == 0
    assert letters(settings) == [
        ("author", 'reviewer@members.example has updated comments on "Courses"')
    ]
