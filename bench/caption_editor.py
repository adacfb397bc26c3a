"""Measures the caption editor on a long film: opening, typing, splitting, replacing, saving.

    python bench/caption_editor.py [--cues 1200]

A hub of its own is made in a temporary folder, with one film and so many cues of invented speech,
and served; Chromium (MEMBERSNET_CHROMIUM, or what is installed) opens the editor as a person does.
Times are milliseconds; “frame” means until the browser has drawn what came of a key.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PASSWORD = "only-for-the-bench"
TYPED = """async (count) => {
    const times = [];
    for (let n = 0; n < count; n += 1) {
        const begun = performance.now();
        document.execCommand("insertText", false, n % 6 ? "x" : " ");
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        times.push(performance.now() - begun);
        if (n % 40 === 39) document.querySelector("[data-do=undo]").click();
    }
    return times;
}"""
FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


def prepare(folder: Path, port: int) -> None:
    os.environ.update(
        MEMBERSNET_SECRET_KEY="x" * 50,
        MEMBERSNET_DATA_DIR=str(folder),
        MEMBERSNET_DEBUG="1",
        MEMBERSNET_LOG_LEVEL="ERROR",
        MEMBERSNET_BASE_URL=f"http://localhost:{port}",
        DJANGO_SETTINGS_MODULE="membersnet.settings",
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def make_draft(cues: int) -> float:
    """Make a film with a draft of so many cues; returns what saving them all took, in ms."""
    from django.utils import timezone

    from media_pipeline.actions.captions.drafts import save_draft, write_from_nothing
    from media_pipeline.models import Film
    from media_pipeline.steps.captions import compose_cues
    from media_pipeline.steps.words import Word
    from party.models import Member

    person = Member.objects.create_superuser(email="bench@example.org", password=PASSWORD)
    said = (ROOT / "README.md").read_text().split()
    dice, words, clock = random.Random(7), [], 1.0
    for n in range(cues * 14):
        text = said[n % len(said)]
        words.append(Word(text, clock, clock + 0.07 * len(text) + 0.1, dice.random() ** 0.3))
        clock = words[-1].end + (0.6 if text.endswith(".") else 0.02)
    now = timezone.now()
    film = Film.objects.create(
        title="An hour", bytes=1, created_at=now, state="ready", duration=clock, uploaded_by=person
    )
    draft = write_from_nothing(film, by=person)
    composed = compose_cues(words)
    begun = time.perf_counter()
    save_draft(draft, composed[:cues], revision=0, by=person, now=now)
    return 1000 * (time.perf_counter() - begun)


def measure(url: str) -> dict[str, object]:
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import FLAGS, chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(base_url=url)
        page.goto("/accounts/login/")
        page.get_by_label("E-mail address").fill("bench@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/")
        found: dict[str, object] = {}
        for _visit in ("first, unmeasured", "second"):
            begun = time.perf_counter()
            answer = page.goto("/admin/films/1/captions/")
            page.locator(".cue--active").wait_for()
            found["open"] = round(1000 * (time.perf_counter() - begun))
        found["page_kb"] = round(len(answer.body()) / 1024) if answer else 0
        found["cues"] = page.locator(".cue").count()
        page.locator("#cue-text").focus()
        typed = page.evaluate(TYPED, 200)
        found["key_to_frame_median"] = round(median(typed), 1)
        found["key_to_frame_p95"] = round(quantiles(typed, n=20)[-1], 1)
        sent: list[int] = []
        page.on(
            "request",
            lambda one: sent.append(len(one.post_data or "")) if one.method == "POST" else None,
        )
        for name, keys in {
            "split": ["Alt+ArrowDown", "Home", "Control+ArrowRight", "Alt+Enter"],
            "merge": ["Alt+KeyM"],
            "undo": ["Control+z"],
        }.items():
            for key in keys[:-1]:
                page.keyboard.press(key)
            begun = time.perf_counter()
            page.keyboard.press(keys[-1])
            page.evaluate(FRAME)
            found[name] = round(1000 * (time.perf_counter() - begun), 1)
        begun = time.perf_counter()
        page.keyboard.press("Control+s")
        page.get_by_text("Saved at").first.wait_for()
        found["save"] = round(1000 * (time.perf_counter() - begun))
        found["save_sent_bytes"] = sent[-1] if sent else 0
        page.keyboard.press("Alt+KeyR")
        page.keyboard.type("the")
        begun = time.perf_counter()
        page.locator("[data-do=replace-all]").click()
        page.evaluate(FRAME)
        found["replace_all"] = round(1000 * (time.perf_counter() - begun), 1)
        browser.close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--cues", type=int, default=1200)
    parser.add_argument("--port", type=int, default=8799)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        prepare(Path(folder), options.port)
        saved = make_draft(options.cues)
        command = [sys.executable, "manage.py", "runserver", "--noreload", str(options.port)]
        server = subprocess.Popen(
            command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        try:
            time.sleep(4)
            found = measure(f"http://localhost:{options.port}")
        finally:
            server.terminate()
            server.wait(20)
    print(json.dumps({"save_all_in_database": round(saved), **found}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
