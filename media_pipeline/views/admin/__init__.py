"""The films' pages in the editors' admin: list, upload, one film with its work, deletion."""

from media_pipeline.views.admin.deletion import DeleteFilmView
from media_pipeline.views.admin.details import DetailsView
from media_pipeline.views.admin.film import FilmView
from media_pipeline.views.admin.film_jobs import AgainView, RetryView, StopView, work
from media_pipeline.views.admin.film_list import FilmList
from media_pipeline.views.admin.jobs import WorkView, work_now
from media_pipeline.views.admin.posters import PosterView, still
from media_pipeline.views.admin.upload import RemoveUploadView, UploadView

__all__ = [
    "AgainView",
    "DeleteFilmView",
    "DetailsView",
    "FilmList",
    "FilmView",
    "PosterView",
    "RemoveUploadView",
    "RetryView",
    "StopView",
    "UploadView",
    "WorkView",
    "still",
    "work",
    "work_now",
]
