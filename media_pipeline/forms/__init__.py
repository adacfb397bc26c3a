"""What people fill in: to bring a film in, to find one, to have a clip made."""

from media_pipeline.forms.clips import ClipForm
from media_pipeline.forms.details import DetailsForm
from media_pipeline.forms.film_search import FindForm
from media_pipeline.forms.posters import PosterForm
from media_pipeline.forms.upload import UploadForm

__all__ = ["ClipForm", "DetailsForm", "FindForm", "PosterForm", "UploadForm"]
