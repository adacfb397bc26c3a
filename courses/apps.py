from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        from django.db.models.signals import post_delete
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from courses import actions, sources
        from media_pipeline import listeners
        from search.sources import register

        register(sources.CourseSource())
        register(sources.LessonSource())
        register(sources.FilmSource())
        listeners.register(actions.film_changed)
        # Wagtail's and Django's own signals: the only way to hear of scheduled publishing and of
        # pages deleted with their parent (docs/signals.md).
        page_published.connect(actions.page_changed, dispatch_uid="courses-published")
        page_unpublished.connect(actions.page_changed, dispatch_uid="courses-unpublished")
        post_page_move.connect(actions.page_moved, dispatch_uid="courses-moved")
        post_delete.connect(actions.page_changed, dispatch_uid="courses-deleted")
