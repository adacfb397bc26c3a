"""The films' pages in the editors' admin: list, upload, one film with its work, deletion."""

from media_pipeline.views.admin.deleting import DeleteFilmView
from media_pipeline.views.admin.film import FilmView
from media_pipeline.views.admin.lists import FilmList
from media_pipeline.views.admin.uploading import UploadView
from media_pipeline.views.admin.working import RetryView, work

__all__ = ["DeleteFilmView", "FilmList", "FilmView", "RetryView", "UploadView", "work"]
