"""An author uploads films, watches the work advance, and publishes one in a lesson."""

import re
import subprocess

import pytest
from imageio_ffmpeg import get_ffmpeg_exe
from playwright.sync_api import expect

from tests.browser.conftest import wait_for
from tests.databases import ROOT

pytestmark = pytest.mark.browser
FILM = ROOT / "demo" / "films" / "before-you-remove-a-comment.mp4"
PREPARED_WITHIN = 600_000  # milliseconds; reached only where the worker stands still
STEPS = [
    "Look at the file",
    "Make a first version to watch",
    "Choose still pictures",
    "Write down what is said",
    "Compose the captions",
    "Make the versions to watch",
    "Make the pictures for seeking",
    "Hand over to search",
]


def ffmpeg(*arguments):
    command = [get_ffmpeg_exe(), "-y", "-loglevel", "error", *map(str, arguments)]
    subprocess.run(command, check=True)


@pytest.fixture(scope="module")
def short_film(tmp_path_factory):
    """The first twelve seconds of a committed film, speech and all."""
    path = tmp_path_factory.mktemp("author") / "short.mp4"
    ffmpeg("-i", FILM, "-t", 12, "-c", "copy", path)
    return path


def upload(page, title, path):
    page.goto("/admin/films/")
    page.get_by_role("link", name="Upload a film").first.click()
    page.locator("#id_title").fill(title)
    page.set_input_files("input[type=file]", path)
    page.get_by_role("main").get_by_role("button", name="Upload", exact=True).click()
    page.wait_for_url(re.compile(r"/admin/films/\d+/"))


def films_listed(page):
    page.goto("/admin/films/")
    return page.locator("main tbody tr").all_inner_texts()


def test_a_film_is_prepared_step_by_step_and_published_in_a_lesson(visit, short_film):
    page = visit("author@demo.example")
    upload(page, "Twelve seconds", short_film)
    for step in STEPS:
        expect(page.get_by_role("main").get_by_text(step, exact=True)).to_be_visible()
    expect(page.get_by_text("Being prepared").first).to_be_visible()
    expect(page.get_by_text("automatic, not yet checked").first).to_be_visible(
        timeout=PREPARED_WITHIN
    )
    expect(page.get_by_text(re.compile("so PocketSphinx ran|Whisper")).first).to_be_visible()
    words = " ".join(page.locator(".transcript__text").all_inner_texts())
    assert "comment" in words
    assert page.evaluate("document.querySelector('video').duration") == pytest.approx(12, abs=0.6)

    page.goto(f"/admin/pages/add/courses/lessonpage/{course_id(page)}/")
    page.locator("#id_title").fill("A lesson of twelve seconds")
    page.locator("#id_summary").fill("Made by an author, just now.")
    page.get_by_role("button", name="Choose a film").click()
    expect(page.get_by_role("link", name="Twelve seconds")).to_be_visible()
    page.get_by_role("link", name="Twelve seconds").click()
    expect(page.get_by_role("main").get_by_text("Twelve seconds", exact=True)).to_be_visible()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text(re.compile("created and published|has been published"))).to_be_visible()

    member = visit("member@demo.example")
    member.goto("/courses/moderating-groups/a-lesson-of-twelve-seconds/")
    expect(member.locator("video")).to_be_visible()
    expect(member.get_by_text("Captions: automatic, not yet checked.")).to_be_visible()
    find_in_search(member, "made by an author")


def course_id(page):
    """Return the course's id, from the editors' own list of pages."""
    listed = page.request.get("/admin/api/main/pages/").json()["items"]
    return next(one["id"] for one in listed if one["meta"]["type"] == "courses.CoursePage")


def find_in_search(page, words):
    """Search until the worker has indexed what was just published; it takes about a second."""

    def found():
        page.goto(f"/search/?q={words.replace(' ', '+')}")
        return page.get_by_role("link", name="A lesson of twelve seconds").count()

    wait_for(page, found, "what was published is found in the search")


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Only text", "text file, not a film"),
        ("Broken off", "incomplete"),
        ("Without sound", "no sound"),
    ],
)
def test_what_is_no_film_ends_in_a_plain_message_with_nothing_published(
    visit, hub, short_film, tmp_path, title, sentence
):
    path = tmp_path / "film.mp4"
    if title == "Only text":
        path.write_text("These are the minutes of the meeting.\n" * 200)
    elif title == "Broken off":
        path.write_bytes(short_film.read_bytes()[: short_film.stat().st_size // 2])
    else:
        ffmpeg("-i", short_film, "-an", "-c", "copy", path)
    kept = {p.name for p in (hub.data / "media").rglob("*") if p.is_file()}

    page = visit("author@demo.example")
    upload(page, title, path)
    expect(page.get_by_text("Refused", exact=True).first).to_be_visible(timeout=PREPARED_WITHIN)
    said = page.get_by_role("main").inner_text()
    assert sentence in said.lower()
    assert "Traceback" not in said
    assert page.locator("main video").count() == 0
    assert {p.name for p in (hub.data / "media").rglob("*") if p.is_file()} == kept
    assert any(title in row and "Refused" in row for row in films_listed(page))
