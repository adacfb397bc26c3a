"""The site as a whole: what is closed, what is healthy, what its documents promise."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.factories.courses import QUESTIONS, make_course, publish
from tests.factories.learning import pass_course
from tests.factories.party import MemberFactory

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_what_is_too_large_to_be_read_is_answered_in_a_sentence(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    page = client.post("/accounts/login/", {"login": "x" * 200})
    assert page.status_code == 400
    assert "It may be too large" in page.content.decode()


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
def test_an_authors_preview_of_a_quiz_is_served_to_nobody_by_address(client):
    from courses.models import QuizPage

    quiz = QuizPage(title="Cwis", slug="cwis-gŵyl", questions=[("question", QUESTIONS[0])])
    publish(make_course(), quiz)
    client.force_login(MemberFactory())
    page = client.get(quiz.get_url())
    assert page.status_code == 404
    assert "Correct:" not in page.content.decode()


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


@pytest.mark.django_db
def test_no_search_engine_lists_what_is_said_of_a_person(client):
    certificate = pass_course(MemberFactory(), make_course())
    for address in (f"/verify/{certificate.code}/", "/verify/none/", "/healthz", "/nothing/"):
        assert client.get(address).headers["X-Robots-Tag"] == "noindex"
    client.force_login(MemberFactory())
    assert client.get("/notices/").headers["X-Robots-Tag"] == "noindex"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/verify/"])
def test_search_engines_find_the_way_in(client, address):
    page = client.get(address)
    assert page.status_code == 200
    assert "X-Robots-Tag" not in page.headers
