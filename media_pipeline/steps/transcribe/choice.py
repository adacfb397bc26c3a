"""Which engine hears a film: Whisper where its model is or can be had, otherwise PocketSphinx."""

from dataclasses import dataclass
from pathlib import Path

from ..failures import StepFailed
from . import models
from .base import Transcriber
from .sphinx import PocketSphinx
from .whisper import DEVICES, NOT_INSTALLED, Whisper, is_installed

ENGINES = ("auto", "whisper", "pocketsphinx")


@dataclass(frozen=True)
class EngineChoice:
    """The engine that will run, and a sentence for the job that says why."""

    transcriber: Transcriber
    reason: str


def choose_transcriber(
    name: str,
    *,
    model: str,
    cache: Path,
    device: str = "auto",
    network_timeout: float = models.NETWORK_TIMEOUT,
) -> EngineChoice:
    """The engine for ``name`` (“auto”, “whisper” or “pocketsphinx”), ready to run, with the reason.

    ``model`` is a folder or one of Whisper's model names; ``cache`` is where models are kept;
    ``device`` is where Whisper runs (“auto”, “cpu” or “cuda”). Whether the network offers the model
    is decided within ``network_timeout`` seconds. Raises StepFailed if ``name`` or ``device`` is
    unknown, or ``name`` is “whisper” and it or its model cannot be had.
    """
    if name not in ENGINES:
        raise StepFailed(f"There is no speech engine “{name}”; choose {', '.join(ENGINES)}.")
    if device not in DEVICES:
        raise StepFailed(f"Speech cannot run on “{device}”; choose {', '.join(DEVICES)}.")
    if name == "pocketsphinx":
        return EngineChoice(PocketSphinx(), "PocketSphinx ran, as the settings say.")
    if not is_installed():
        if name == "whisper":
            raise StepFailed(f"{NOT_INSTALLED}. Install it, or choose PocketSphinx.")
        return EngineChoice(PocketSphinx(), f"{NOT_INSTALLED}, so PocketSphinx ran.")
    search = models.find_or_fetch(model, cache, network_timeout=network_timeout)
    clause = search.clause
    if search.folder:
        whisper = Whisper(search.folder, Path(model).name, device=device)
        try:
            whisper.load()
        except (RuntimeError, ValueError, OSError) as error:
            clause = f"Whisper's model “{model}” cannot be loaded ({str(error).splitlines()[0]})"
        else:
            return EngineChoice(whisper, f"{clause}, so Whisper ran.")
    if name == "whisper":
        raise StepFailed(
            f"{clause}. Put a folder with model.bin, config.json, tokenizer.json and "
            "vocabulary.json in place and name it in the settings, or choose PocketSphinx."
        )
    return EngineChoice(PocketSphinx(), f"{clause}, so PocketSphinx ran.")
