"""Brings the demonstration's films in as an author would, and waits for the worker."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.utils import timezone

from demo.loader import CONTENT, DEMO, read
from media_pipeline.actions.films import receive_film
from media_pipeline.models import Film, Job
from party.models import Member

if TYPE_CHECKING:
    from demo.serving import Processes

FILMS = DEMO / "films"


def films() -> list[dict[str, Any]]:
    """Return the films' texts in the order of their names."""
    return [read("films", path.name) for path in sorted((CONTENT / "films").glob("*.yaml"))]


def script_of(film: dict[str, Any]) -> str:
    """Return what is said in a film, as its author would hand it in."""
    return "\n\n".join(slide["narration"].strip() for slide in film["slides"])


def load() -> None:
    author = Member.objects.get(email="author@demo.example")
    for film in films():
        if Film.objects.filter(title=film["title"]).exists():
            continue
        with (FILMS / f"{film['slug']}.mp4").open("rb") as file:
            receive_film(
                title=film["title"],
                upload=File(file, name=f"{film['slug']}.mp4"),
                language=Film.Language.ENGLISH,
                script=script_of(film),
                glossary="\n".join(film["glossary"]),
                by=author,
                now=timezone.now(),
            )


def wait_until_ready(processes: "Processes", say: Callable[[str], None]) -> None:
    """Say each step that the worker takes until every film can be watched, as long as it lives."""
    titles = [film["title"] for film in films()]
    said = ""
    for _moment in processes.watch(lambda: "Films: the worker is still at work"):
        brought_in = Film.objects.filter(title__in=titles)
        if bad := brought_in.exclude(state__in=["processing", "ready"]).first():
            raise SystemExit(
                f"“{bad}” could not be prepared: {bad.refusal or bad.get_state_display()}"
            )
        if brought_in.ready().count() == len(titles):
            return
        job = Job.objects.filter(status=Job.Status.RUNNING).select_related("film").first()
        sentence = describe(job) if job else said
        if sentence != said:
            say(sentence)
            said = sentence


def describe(job: Job) -> str:
    """Say what a job is doing, in steps of a fifth."""
    percent = int(job.progress * 5) * 20
    return f"“{job.film}”: {job.get_step_display().lower()}, {percent} %"
