from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "ground.jobs"
    verbose_name = _("Background work")

    def ready(self) -> None:
        from ground.jobs.queue import register
        from ground.jobs.requests import requeue_lost_task_jobs

        register(requeue_lost_task_jobs)
