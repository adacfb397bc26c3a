"""The side of wagtail-lms in `bench/pages.py`: fills `bench/lms_site` and answers its requests."""

import os
from pathlib import Path
from typing import Any

from bench.answering import Page, serve
from bench.pages_course import (
    INTRODUCTION,
    QUESTION,
    SUMMARY,
    Course,
    arguments,
    paragraphs,
)


def set_up(folder: Path) -> None:
    """Make the tables and static files, in a folder that is used for nothing else."""
    os.environ["LMS_SITE_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.lms_site.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", "--no-input", "--ignore=wagtail[a-z]*", verbosity=0)


def fill(courses: list[Course]) -> dict[str, Page]:
    """Teach the courses to one learner each; return the pages to ask for."""
    from wagtail.models import Page as WagtailPage
    from wagtail.models import Site

    top = WagtailPage.objects.get(depth=1).add_child(instance=WagtailPage(title="Top", slug="top"))
    Site.objects.update(root_page=top, hostname="localhost")
    pages: dict[str, Page] = {}
    for course in courses:
        pages |= teach(top, course)
    return pages


def teach(top: Any, course: Course) -> dict[str, Page]:
    from django.contrib.auth.models import User
    from django.test import Client
    from wagtail_lms.models import (
        CourseEnrollment,
        CoursePage,
        H5PActivity,
        H5PLessonCompletion,
        H5PLessonPage,
    )

    page = top.add_child(
        instance=CoursePage(title=course.title, slug=course.slug, description=INTRODUCTION)
    )
    (activity,) = H5PActivity.objects.bulk_create(  # saving one would unpack a file
        [H5PActivity(title="A film", package_file="film.h5p", extracted_path="film")]
    )
    learner = User.objects.create_user(f"learner-{course.slug}", first_name="Ada")
    CourseEnrollment.objects.create(user=learner, course=page)
    for number in range(1, course.lessons + 1):
        film = [("h5p_activity", {"activity": activity})] if number == course.with_film else []
        lesson = page.add_child(
            instance=H5PLessonPage(
                title=course.lesson_title(number),
                slug=course.lesson_slug(number),
                intro=SUMMARY,
                body=[*film, *(("paragraph", text) for text in paragraphs())],
            )
        )
        if number <= course.done:
            H5PLessonCompletion.objects.create(user=learner, lesson=lesson)
    client = Client(HTTP_HOST="localhost")
    client.force_login(learner)
    return course.pages(
        "/",
        client.cookies["sessionid"].value,
        search=f"/search/?query={QUESTION}",
        film='data-content-url="/lms/h5p-content/film"',
    )


def main() -> None:
    given = arguments(__doc__)
    set_up(given.folder)
    serve(fill(given.courses))


if __name__ == "__main__":
    main()
