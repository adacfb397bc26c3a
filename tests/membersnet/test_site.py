"""The site as a whole: what is closed, what is healthy, what its documents promise."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from membersnet.management.commands.worker import SIGN_OF_LIFE, served_queues
from tests.factories.courses import QUESTIONS, make_course, publish
from tests.factories.party import MemberFactory

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/_util/login/", "/accounts/email/", "/accounts/signup/", "/accounts/confirm-email/"],
)
def test_what_a_library_offers_and_the_hub_does_not_want_is_not_there(client, address):
    client.force_login(MemberFactory())
    page = client.get(address)
    assert page.status_code == 404
    assert "Page not found" in page.content.decode()


@pytest.mark.django_db
def test_sign_in_is_limited(client):
    member = MemberFactory()
    member.set_password("the right one")
    member.save()
    for _attempt in range(10):
        client.post("/accounts/login/", {"login": member.email, "password": "wrong"})
    page = client.post("/accounts/login/", {"login": member.email, "password": "the right one"})
    assert "Too many failed login attempts" in page.content.decode()


@pytest.mark.django_db
def test_a_private_page_is_kept_by_no_browser(client):
    client.force_login(MemberFactory())
    assert client.get("/")["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_the_policy_allows_no_inline_script_to_members(client):
    client.force_login(MemberFactory())
    policy = client.get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_a_member_who_may_not_edit_is_told_so_and_not_sent_round(client):
    client.force_login(MemberFactory())
    page = client.get("/admin/", follow=True)
    assert page.status_code == 403
    assert "You do not have permission" in page.content.decode()


@pytest.mark.django_db
def test_an_authors_preview_of_a_quiz_is_served_to_nobody_by_address(client):
    from courses.models import QuizPage

    quiz = QuizPage(title="Cwis", slug="cwis-gŵyl", questions=[("question", QUESTIONS[0])])
    publish(make_course(), quiz)
    client.force_login(MemberFactory())
    page = client.get(quiz.get_url())
    assert page.status_code == 404
    assert "Correct:" not in page.content.decode()


@pytest.mark.django_db
def test_health_names_the_queue_without_a_worker(client):
    for queue in ("default", "index"):
        cache.set(SIGN_OF_LIFE.format(queue=queue), timezone.now())
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"] == {"state": "missing", "queues": ["media", "speech"]}
    assert answer.json()["database"]["state"] == "ready"


def test_a_worker_for_every_queue_serves_every_queue():
    assert served_queues("*") == settings.TASKS["default"]["QUEUES"]
    assert served_queues("media,index") == ["media", "index"]


@pytest.mark.parametrize(
    ("target", "command"), [("demo", "-m demo --host"), ("test", '-m pytest -m "browser')]
)
def test_the_two_commands_run_what_the_stories_run(target, command):
    planned = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert command in planned
    assert "DJANGO_SETTINGS_MODULE" not in (ROOT / "Makefile").read_text()


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", *map(str, Path("docs").glob("*.md"))]
)
def test_every_link_in_a_document_leads_somewhere(name):
    document = ROOT / name
    targets = re.findall(r"\]\(([^)#]+)", document.read_text())
    inside = [one for one in targets if not one.startswith("http")]
    assert [one for one in inside if not (document.parent / one).exists()] == []


def test_every_setting_is_described():
    described = (ROOT / "docs" / "operating.md").read_text()
    read = re.findall(r'"(MEMBERSNET_[A-Z_]+)"', (ROOT / "membersnet" / "settings.py").read_text())
    assert len(read) > 12
    assert [name for name in read if name not in described] == []
