"""Sets the demonstration up once: tables, static files, content, films, index."""

import hashlib
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command

from demo.environment import ROOT, data_folder

if TYPE_CHECKING:
    from demo.serving import Processes

# A change in any of these means that the set-up has something to do again.
WATCHED = (
    "demo/**/*.yaml",
    "demo/**/*.md",
    "demo/**/*.mp4",
    "demo/**/*.csv",
    "demo/**/*.py",
    "*/migrations/*.py",
    "*/*/migrations/*.py",
    "*/static/**/*",
    "requirements/base.txt",
)


def fingerprint() -> str:
    """Return a digest of all that the set-up is made from, and of the database it is kept in.

    A data folder that was moved or copied whole stays set up.
    """
    database = str(settings.DATABASES["default"].get("NAME")).removeprefix(f"{data_folder()}/")
    digest = hashlib.sha256(database.encode())
    files = {path for pattern in WATCHED for path in ROOT.glob(pattern)}
    for path in sorted(files):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def mark() -> Path:
    """Return the file that says for which fingerprint the set-up is done."""
    return data_folder() / "demo-is-set-up.json"


def is_set_up() -> bool:
    """Say whether there is nothing left to set up."""
    try:
        return json.loads(mark().read_text())["fingerprint"] == fingerprint()
    except (OSError, ValueError, KeyError):
        return False


def set_up(processes: "Processes") -> None:
    """Do every step that is not done yet; safe to interrupt and to run again."""
    from demo.loader import (
        circulation,
        courses,
        films,
        library,
        people,
        procedures,
        training,
        vocabulary,
    )

    began = time.monotonic()
    steps = [
        ("Making the database", make_tables),
        ("Collecting static files", collect_static),
        ("Places, posts and people", people.load),
        ("Rule book and facts", library.load),
        ("Procedures, standing orders and policies", procedures.load),
        ("Words that the search is taught", vocabulary.load),
        ("Films: handing them to the worker", films.load),
    ]
    for title, step in steps:
        say_step(title, began)
        step()
    processes.start_workers()
    films.wait_until_ready(processes, lambda sentence: say_step(sentence, began))
    say_step("Courses, lessons and the quiz", began)
    courses.load()
    say_step("Officers’ training", began)
    training.load()
    say_step("What was sent to officers", began)
    circulation.load()
    say_step("Search index", began)
    wait_for_index(processes)
    mark().write_text(json.dumps({"fingerprint": fingerprint()}))


def say_step(title: str, began: float) -> None:
    """Print a step with the seconds since the beginning."""
    print(f"  {time.monotonic() - began:5.1f} s  {title}", flush=True)


def collect_static() -> None:
    call_command("collectstatic", "--no-input", verbosity=0)


def make_tables() -> None:
    call_command("migrate", "--no-input", verbosity=0)
    call_command("createcachetable", verbosity=0)


def wait_for_index(processes: "Processes") -> None:
    """Wait until the worker has indexed every change, as long as it lives."""
    from search.actions.index_state import index_state

    def waiting() -> str:
        return f"Search index: {index_state()['waiting']} entries are waiting"

    for _moment in processes.watch(waiting):
        if index_state()["waiting"] == 0:
            return
