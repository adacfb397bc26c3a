"""What is taught: the catalogue, its courses, their lessons and quizzes."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from courses.blocks import TEXT_FEATURES, BodyField, LessonBody, OutcomeBody, QuizBody
from ground.pages import EditedPage, preview_only
from ground.prepared import Prepared, key, word
from library.rules.models import Provision
from media_pipeline.models import Film
from media_pipeline.views.player import player_context
from party.models.audiences import audience_tokens
from party.permissions import Person


class TaughtQuerySet(PageQuerySet):
    def visible_to(self, user: Person) -> Self:
        """Return what a person may see: live pages for members, drafts too for editors."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.has_perm("wagtailadmin.access_admin"):
            return self
        return self.live()

    def taught(self) -> Self:
        """Return the live pages whose course is live too."""
        courses = CoursePage.objects.live().values("path")
        parent = Substr("path", 1, Length("path") - Page.steplen)
        return self.live().annotate(parent_path=parent).filter(parent_path__in=courses)


TaughtManager = PageManager.from_queryset(TaughtQuerySet)


class HubPage(EditedPage):
    """The top of the page tree. Learning draws its address, `/`."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CataloguePage", "procedures.ProceduresPage"]
    max_count = 1
    template = "courses/hub_page.html"

    class Meta:
        verbose_name = _("hub")


class CataloguePage(EditedPage):
    """All courses."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*EditedPage.content_panels, FieldPanel("introduction")]
    parent_page_types = ["courses.HubPage"]
    subpage_types = ["courses.CoursePage"]
    max_count = 1
    template = "courses/catalogue_page.html"
    reorder_label = _("Reorder courses")

    class Meta:
        verbose_name = _("catalogue")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["courses"] = (
            CoursePage.objects.visible_to(request.user)
            .child_of(self)
            .with_counts()
            .order_by("path")
        )
        return context


class CourseQuerySet(TaughtQuerySet):
    def with_counts(self) -> Self:
        """Add `lesson_count`, the number of live lessons of each course."""
        lessons = LessonPage.objects.live().filter(path__startswith=models.OuterRef("path"))
        counted = (
            lessons.order_by()
            .annotate(one=models.Value(1))
            .values("one")
            .annotate(n=models.Count("pk"))
        )
        return self.annotate(
            lesson_count=models.functions.Coalesce(
                models.Subquery(counted.values("n"), output_field=models.IntegerField()), 0
            )
        )


class CoursePage(EditedPage):
    """A course: lessons in order, then a quiz; passing it earns a certificate that runs out."""

    summary = models.CharField(_("summary"), max_length=250)
    introduction = RichTextField(_("introduction"), features=TEXT_FEATURES, blank=True)
    outcomes = BodyField(OutcomeBody(), blank=True, verbose_name=_("outcomes"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), help_text=_("Honest time for all of it.")
    )
    certificate_months = models.PositiveSmallIntegerField(
        _("certificate lasts (months)"), default=12, validators=[MinValueValidator(1)]
    )

    content_panels = [
        *EditedPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("introduction"),
        FieldPanel("outcomes"),
        FieldPanel("minutes"),
        FieldPanel("certificate_months"),
    ]
    parent_page_types = ["courses.CataloguePage"]
    subpage_types = ["courses.LessonPage", "courses.QuizPage"]
    template = "courses/course_page.html"
    serve = preview_only
    reorder_label = _("Reorder lessons")

    objects = PageManager.from_queryset(CourseQuerySet)()

    class Meta:
        verbose_name = _("course")

    def lessons(self) -> "models.QuerySet[LessonPage]":
        """Return the live lessons in the order they are taken."""
        return LessonPage.objects.child_of(self).live().order_by("path")

    def quiz(self) -> "QuizPage | None":
        """Return the live quiz at the end, if there is one."""
        return QuizPage.objects.child_of(self).live().first()

    def newest_quiz(self) -> "QuizPage | None":
        """Return the live quiz without its questions, or else one that is not live, or None."""
        return NEWEST_QUIZ.first(**below(self))

    def after(self, lesson: "LessonPage") -> "LessonPage | QuizPage | None":
        """Return what follows a lesson: the next live one in order, then the quiz, then nothing."""
        here = below(self)
        return FOLLOWING_LESSON.first(after=lesson.path, **here) or LIVE_QUIZ.first(**here)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "lessons": self.lessons(), "quiz": self.quiz()}


class LessonPage(EditedPage):
    """A lesson: text, examples, checklists and perhaps one film."""

    summary = models.CharField(_("summary"), max_length=250)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    film = models.ForeignKey(
        Film,
        models.PROTECT,
        related_name="lessons",
        null=True,
        blank=True,
        verbose_name=_("film"),
        help_text=_("Only films whose processing has finished can be shown."),
    )
    body = BodyField(LessonBody(), blank=True, verbose_name=_("content"))

    content_panels = [
        *EditedPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("film"),
        FieldPanel("body"),
    ]
    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    template = "courses/lesson_page.html"
    serve = preview_only

    objects = TaughtManager()

    class Meta:
        verbose_name = _("lesson")

    def clean(self) -> None:
        super().clean()
        if self.film and self.film.state != Film.State.READY:
            raise ValidationError(
                {
                    "film": _(
                        "This film is not ready yet. Wait until its job is done, then choose it."
                    )
                }
            )

    def quoted_provisions(self, user: Person) -> dict[tuple[str, str], Provision]:
        """Return the provisions in force that this lesson quotes, by (work, citation).

        Only what `user` may read, each with all such that stands below it in `below`; two queries
        for each work, and one.
        """
        wanted: dict[str, list[str]] = {}
        for block in self.body:
            if block.block_type == "provision":
                wanted.setdefault(block.value["work"], []).append(block.value["citation"])
        tokens = audience_tokens(user) if wanted else frozenset()
        return {
            (work, provision.citation): provision
            for work, citations in wanted.items()
            for provision in Provision.objects.in_force().cited(work, *citations).with_below(tokens)
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        player = player_context(self.film) if self.film else None
        return {**context, "provisions": self.quoted_provisions(request.user), "player": player}


class QuizPage(EditedPage):
    """A quiz: its questions, and the mark one needs to pass."""

    introduction = models.TextField(_("introduction"), blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (per cent)"), default=80, validators=[MaxValueValidator(100)]
    )
    questions = BodyField(QuizBody(), verbose_name=_("questions"))

    content_panels = [
        *EditedPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("pass_mark"),
        FieldPanel("questions"),
    ]
    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    template = "courses/quiz_page.html"
    serve = preview_only

    objects = TaughtManager()

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")


# The pages right below one, in a prepared query, which is asked with `below` that page.
HERE = {"path__gte": word("first"), "path__lte": word("last"), "depth": key("depth")}
FOLLOWING_LESSON: Prepared[LessonPage] = Prepared(
    lambda: (
        LessonPage.objects.live()
        .filter(**HERE, path__gt=word("after"))
        .order_by("path")
        .defer("body")[:1]
    )
)
LIVE_QUIZ: Prepared[QuizPage] = Prepared(
    lambda: QuizPage.objects.live().filter(**HERE).order_by("path").defer("questions")[:1]
)
NEWEST_QUIZ: Prepared[QuizPage] = Prepared(
    lambda: QuizPage.objects.filter(**HERE).order_by("-live", "path").defer("questions")[:1]
)


def below(page: Page) -> dict[str, str | int]:
    """Return between which paths, and how deep, the pages right below a page stand."""
    first, last = (
        page.path + sign * Page.steplen for sign in (Page.alphabet[0], Page.alphabet[-1])
    )
    return {"first": first, "last": last, "depth": page.depth + 1}
