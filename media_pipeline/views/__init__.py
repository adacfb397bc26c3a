"""What a browser fetches of a film, and only a person who may see the film."""

from media_pipeline.views.films import captions, poster, rendition

__all__ = ["captions", "poster", "rendition"]
