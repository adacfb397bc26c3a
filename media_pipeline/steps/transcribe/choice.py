"""Which engine hears a film: Whisper where its model is or can be had, otherwise PocketSphinx."""

from dataclasses import dataclass
from pathlib import Path

from ..failures import StepFailed
from . import models
from .base import Transcriber
from .sphinx import PocketSphinx
from .whisper import DEVICES, Whisper, is_model_folder

ENGINES = ("auto", "whisper", "pocketsphinx")


@dataclass(frozen=True)
class EngineChoice:
    """The engine that will run, and a sentence for the job that says why."""

    transcriber: Transcriber
    reason: str


@dataclass(frozen=True)
class _ModelSearch:
    """Where a model was found (or not: None), and the clause that says so."""

    folder: Path | None
    clause: str


def choose_transcriber(
    name: str,
    *,
    model: str,
    cache: Path,
    device: str = "auto",
    network_timeout: float = models.NETWORK_TIMEOUT,
    download_timeout: float = models.DOWNLOAD_TIMEOUT,
) -> EngineChoice:
    """The engine for ``name`` (“auto”, “whisper” or “pocketsphinx”), ready to run, with the reason.

    ``model`` is a folder or one of Whisper's model names; ``cache`` is where models are kept;
    ``device`` is where Whisper runs (“auto”, “cpu” or “cuda”). Whether the network offers the model
    is decided within ``network_timeout`` seconds. Raises StepFailed if ``name`` or ``device`` is
    unknown, or ``name`` is “whisper” and its model cannot be had.
    """
    if name not in ENGINES:
        raise StepFailed(f"There is no speech engine “{name}”; choose {', '.join(ENGINES)}.")
    if device not in DEVICES:
        raise StepFailed(f"Speech cannot run on “{device}”; choose {', '.join(DEVICES)}.")
    if name == "pocketsphinx":
        return EngineChoice(PocketSphinx(), "PocketSphinx ran, as the settings say.")
    found = _search(model, cache, network_timeout, download_timeout)
    clause = found.clause
    if found.folder:
        whisper = Whisper(found.folder, Path(model).name, device=device)
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


def _search(
    model: str, cache: Path, network_timeout: float, download_timeout: float
) -> _ModelSearch:
    named = f"Whisper's model “{model}”"
    if is_model_folder(Path(model)):
        return _ModelSearch(Path(model), f"{named} is in its folder")
    if Path(model).is_dir() or Path(model).is_absolute():
        return _ModelSearch(None, f"{named} is not a folder with a whole model in it")
    repository = models.repository_of(model)
    if cached := models.find(model, cache):
        return _ModelSearch(cached, f"{named} is in the cache")
    if repository is None:
        return _ModelSearch(None, f"There is no Whisper model called “{model}”")
    if models.fetching_is_off():
        return _ModelSearch(None, f"{named} is not here and fetching is switched off")
    if not models.is_offered(repository, network_timeout):
        within = models.seconds_in_words(network_timeout)
        return _ModelSearch(None, f"{named} is not here and could not be fetched within {within}")
    models.download(repository, cache, download_timeout)
    fetched = models.find(model, cache)
    return _ModelSearch(
        fetched, f"{named} was fetched" if fetched else f"{named} could not be fetched"
    )
