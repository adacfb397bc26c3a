"""The demonstration is complete, deterministic, and invents no figure."""

import csv
from collections import Counter

import pytest
import yaml
from django.utils import timezone

from courses.models import CoursePage, LessonPage, QuizPage
from demo.loader import CONTENT, DEMO, courses, films, library, people, training
from ground.jobs.models import TaskJob
from learning.models import PostState, posts_of
from library.facts.models import FactCard, Series
from library.rules.models import Provision
from party.models import Appointment, Member, Region, Unit


@pytest.fixture(scope="module")
def rows():
    with (DEMO / "data" / "constituencies.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_constituency_is_a_unit_of_its_region(loaded, rows):
    assert Unit.objects.count() == len(rows) == 650
    for region in Region.objects.all():
        assert region.units.count() == sum(row["region"] == region.name for row in rows)


def test_about_four_hundred_officers_hold_posts_and_every_state_occurs_in_every_region(loaded):
    officers = Appointment.objects.active().filter(role__tracked=True)
    assert 380 <= officers.count() <= 420
    for region in Region.objects.all():
        posts = posts_of(list(region.units.all()), on=timezone.localdate())
        assert {post.state for post in posts} >= set(PostState) - (
            set() if len(posts) > 25 else {PostState.EXPIRED, PostState.EXPIRING}
        ), region


def test_posts_are_shared_and_covered_too(loaded):
    officers = Appointment.objects.active().filter(role__tracked=True)
    shared = Counter(officers.values_list("unit", flat=True))
    assert max(shared.values()) == 2
    assert officers.filter(basis=Appointment.Basis.COVER).exists()


def test_nobody_made_up_can_sign_in_or_be_rung(loaded):
    printed = {person.email for person in people.PEOPLE}
    for member in Member.objects.exclude(email__in=printed):
        assert not member.has_usable_password()
    assert not Member.objects.exclude(email__endswith=".example").exists()
    assert not Member.objects.exclude(phone__startswith="07700 900").exists()


def test_operators_have_what_failed_done_again_and_do_nothing_else_in_the_admin(loaded, client):
    operator = Member.objects.get(email="operator@demo.example")
    assert operator.get_all_permissions() == {"wagtailadmin.access_admin", "jobs.change_taskjob"}
    client.force_login(operator)
    assert "/admin/background-work/" in client.get("/admin/").content.decode()
    job = TaskJob.objects.create(
        task="search.tasks.index_changes",
        arguments='{"args": [], "kwargs": {}}',
        queue="index",
        status=TaskJob.Status.FAILED,
        started_at=timezone.now(),
        finished_at=timezone.now(),
    )
    client.post(f"/admin/background-work/jobs.taskjob/{job.pk}/retry/")
    job.refresh_from_db()
    assert job.status == TaskJob.Status.WAITING


def test_loading_twice_adds_nothing(loaded):
    def count():
        models = (Member, Appointment, FactCard, Series, Provision, LessonPage)
        return [model.objects.count() for model in models]

    before = count()
    people.load()
    library.load()
    courses.load()
    training.load()
    assert count() == before


def test_the_course_has_six_lessons_two_films_and_a_quiz_of_ten(loaded):
    course = CoursePage.objects.get()
    assert course.lessons().count() == 6
    assert len(films.films()) == 2
    quiz = QuizPage.objects.get()
    assert len(quiz.questions) == 10
    for question in quiz.questions:
        assert all(answer["feedback"] for answer in question.value["answers"])


def test_every_lesson_has_a_checklist_for_tomorrow(loaded):
    for lesson in LessonPage.objects.all():
        assert any(block.block_type == "checklist" for block in lesson.body), lesson


def test_every_rule_that_a_lesson_quotes_exists(loaded):
    reader = Member.objects.get(email="member@demo.example")
    for lesson in LessonPage.objects.all():
        quoted = [b.value["citation"] for b in lesson.body if b.block_type == "provision"]
        found = {citation for _work, citation in lesson.quoted_provisions(reader)}
        assert found == set(quoted), lesson


def test_computed_facts_are_counted_from_the_data(loaded, rows):
    regions = Counter(row["region"] for row in rows)
    for given in yaml.safe_load((CONTENT / "facts.yaml").read_text()):
        card = FactCard.objects.get(slug=given["slug"])
        assert "{" not in card.statement
        if given.get("compute") == "constituencies_in_region":
            assert str(regions[given["region"]]) in card.statement
        if given.get("compute") == "constituencies_total":
            assert str(len(rows)) in card.statement


def test_no_figure_of_a_computed_fact_is_written_into_the_texts():
    for given in yaml.safe_load((CONTENT / "facts.yaml").read_text()):
        if given["kind"] == "computed":
            text = given["statement"].replace("2024", "")
            assert not any(letter.isdigit() for letter in text), given["slug"]


def test_every_series_is_counted_from_the_data(loaded, rows):
    counted = {
        "constituencies-by-region": Counter(row["region"] for row in rows),
        "constituencies-by-nation": Counter(row["nation"] for row in rows),
    }
    for series in Series.objects.filter(published=True):
        values = dict(series.values.values_list("place", "value"))
        assert values == counted.pop(series.slug)
    assert counted == {}


def test_every_fact_is_law_with_its_citation_or_counted(loaded):
    assert FactCard.objects.count() == 15
    for card in FactCard.objects.all():
        assert card.citation
        assert card.source_name
        assert card.as_at < card.review_by
