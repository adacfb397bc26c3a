from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaPipelineConfig(AppConfig):
    name = "media_pipeline"
    verbose_name = _("Films")

    def ready(self) -> None:
        from ground.jobs.queue import register
        from media_pipeline.actions.lost_jobs import requeue_lost_jobs

        register(requeue_lost_jobs)
