"""From speech to words: engines behind one class, and the choice between them."""

from .base import Transcriber, Transcript
from .choice import Choice, choose_transcriber

__all__ = ["Choice", "Transcriber", "Transcript", "choose_transcriber"]
