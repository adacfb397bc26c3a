"""What people fill in: to bring a film in, to find one, to have a clip made."""

from media_pipeline.forms.clipping import ClipForm
from media_pipeline.forms.details import DetailsForm
from media_pipeline.forms.finding import FindForm
from media_pipeline.forms.posters import PosterForm
from media_pipeline.forms.uploading import UploadForm

__all__ = ["ClipForm", "DetailsForm", "FindForm", "PosterForm", "UploadForm"]
