"""The films' pages in the editors' admin: list, upload, one film with its work, deletion."""

from media_pipeline.views.admin.deleting import DeleteFilmView
from media_pipeline.views.admin.details import DetailsView
from media_pipeline.views.admin.film import FilmView
from media_pipeline.views.admin.lists import FilmList
from media_pipeline.views.admin.overview import WorkView, work_now
from media_pipeline.views.admin.posters import PosterView, still
from media_pipeline.views.admin.uploading import RemoveUploadView, UploadView
from media_pipeline.views.admin.working import AgainView, RetryView, StopView, work

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
