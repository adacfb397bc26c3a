"""Loads the course with its lessons and quiz, and publishes them as an author would."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from courses.models import CataloguePage, CoursePage, HubPage, LessonPage, QuizPage
from demo.loader import html, read
from demo.loader.films import films
from learning.actions.requirements import require_course
from learning.models import Requirement
from media_pipeline.models import Film
from party.models import Member, Role

RICH = {"text": ("value",), "example": ("situation", "response")}


@transaction.atomic
def load() -> None:
    course = read("course.yaml")
    if CoursePage.objects.filter(slug=course["slug"]).exists():
        return
    author = Member.objects.get(email="author@demo.example")
    page = add(catalogue(author), course_page(course), by=author)
    titles = {film["slug"]: film["title"] for film in films()}
    for slug in course["lessons"]:
        add(page, lesson_page(read("lessons", f"{slug}.yaml"), titles), by=author)
    add(page, quiz_page(read("quiz.yaml"), course["pass_mark"]), by=author)
    for role in Role.objects.filter(tracked=True):
        if not Requirement.objects.filter(role=role, course=page).exists():
            require_course(role=role, course=page, by=author, now=timezone.now())


def add(parent: Page, page: Page, *, by: Member) -> Any:
    """Put a page below another and publish it."""
    page.owner = by
    parent.add_child(instance=page)
    page.save_revision(user=by).publish(user=by)
    return page


def catalogue(author: Member) -> CataloguePage:
    """Return the catalogue, making the top of the page tree where there is none."""
    existing = CataloguePage.objects.first()
    if existing:
        return existing
    root = Page.objects.get(depth=1)
    hub = HubPage(title="Membersnet", slug="hub")
    root.add_child(instance=hub)
    address = urlsplit(settings.BASE_URL)
    Site.objects.all().delete()
    Site.objects.create(
        hostname=address.hostname,
        port=address.port or 80,
        root_page=hub,
        is_default_site=True,
        site_name="Membersnet",
    )
    Page.objects.filter(depth=2).exclude(pk=hub.pk).delete()
    introduction = "Short courses for the volunteers who look after our pages, groups and meetings."
    return add(
        HubPage.objects.get(pk=hub.pk),
        CataloguePage(title="Courses", slug="courses", introduction=introduction),
        by=author,
    )


def course_page(given: dict[str, Any]) -> CoursePage:
    return CoursePage(
        title=given["title"],
        slug=given["slug"],
        summary=given["summary"],
        introduction=html(given["introduction"]),
        outcomes=[("outcome", outcome) for outcome in given["outcomes"]],
        minutes=given["minutes"],
        certificate_months=given["certificate_months"],
    )


def lesson_page(given: dict[str, Any], titles: dict[str, str]) -> LessonPage:
    film = given.get("film")
    return LessonPage(
        title=given["title"],
        slug=given["slug"],
        summary=given["summary"],
        minutes=given["minutes"],
        film=Film.objects.get(title=titles[film]) if film else None,
        body=[block(one) for one in given["body"]],
    )


def block(given: dict[str, Any]) -> tuple[str, Any]:
    """Return one block of a lesson as its StreamField takes it, Markdown made into rich text."""
    values = {key: value for key, value in given.items() if key != "type"}
    for name in RICH.get(given["type"], ()):
        values[name] = html(values[name])
    if given["type"] in {"text", "heading"}:
        return given["type"], values["value"]
    if given["type"] == "provision":
        values = {"work": "sample", **values}
    return given["type"], values


def quiz_page(given: dict[str, Any], pass_mark: int) -> QuizPage:
    questions = [
        ("question", {"text": q["text"], "kind": q["kind"], "answers": q["answers"]})
        for q in given["questions"]
    ]
    return QuizPage(
        title=given["title"],
        slug=given["slug"],
        introduction=given["introduction"],
        pass_mark=pass_mark,
        questions=questions,
    )
