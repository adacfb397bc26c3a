"""Which engine hears a film: Whisper where its model is or can be had, otherwise PocketSphinx."""

import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from ..refusals import StepFailed
from .base import Transcriber
from .sphinx import PocketSphinx
from .whisper import Whisper, is_model_folder

ENGINES = ("auto", "whisper", "pocketsphinx")
DOWNLOAD_TIMEOUT = 1800.0  # seconds, after which a download is ended and counts as failed
FETCH = (
    "import sys; from faster_whisper import download_model; "
    "download_model(sys.argv[1], cache_dir=sys.argv[2])"
)
YES = {"1", "on", "yes", "true"}


@dataclass(frozen=True)
class Choice:
    """The engine that will run, and a sentence for the job that says why."""

    transcriber: Transcriber
    reason: str


@dataclass(frozen=True)
class _Search:
    """Where a model was found (or not: None), and the clause that says so."""

    folder: Path | None
    clause: str


def choose_transcriber(
    name: str,
    *,
    model: str,
    cache: Path,
    network_timeout: float = 5.0,
    download_timeout: float = DOWNLOAD_TIMEOUT,
) -> Choice:
    """The engine for ``name`` (“auto”, “whisper” or “pocketsphinx”), ready to run, with the reason.

    ``model`` is a folder or one of Whisper's model names; ``cache`` is where models are kept.
    Whether the network offers the model is decided within ``network_timeout`` seconds. Raises
    StepFailed if ``name`` is unknown, or is “whisper” and its model cannot be had.
    """
    if name not in ENGINES:
        raise StepFailed(f"There is no speech engine “{name}”; choose {', '.join(ENGINES)}.")
    if name == "pocketsphinx":
        return Choice(PocketSphinx(), "PocketSphinx ran, as the settings say.")
    found = _search(model, cache, network_timeout, download_timeout)
    clause = found.clause
    if found.folder:
        whisper = Whisper(found.folder, Path(model).name)
        try:
            whisper.load()
        except (RuntimeError, ValueError, OSError) as error:
            clause = f"Whisper's model “{model}” cannot be loaded ({str(error).splitlines()[0]})"
        else:
            return Choice(whisper, f"{clause}, so Whisper ran.")
    if name == "whisper":
        raise StepFailed(
            f"{clause}. Put a folder with model.bin, config.json, tokenizer.json and "
            "vocabulary.json in place and name it in the settings, or choose PocketSphinx."
        )
    return Choice(PocketSphinx(), f"{clause}, so PocketSphinx ran.")


def _search(model: str, cache: Path, network_timeout: float, download_timeout: float) -> _Search:
    named = f"Whisper's model “{model}”"
    if is_model_folder(Path(model)):
        return _Search(Path(model), f"{named} is in its folder")
    if Path(model).is_dir() or Path(model).is_absolute():
        return _Search(None, f"{named} is not a folder with a whole model in it")
    repository = _repository(model)
    if repository is None:
        return _Search(None, f"There is no Whisper model called “{model}”")
    if cached := _cached(repository, cache):
        return _Search(cached, f"{named} is in the cache")
    if os.environ.get("HF_HUB_OFFLINE", "").lower() in YES:
        return _Search(None, f"{named} is not here and fetching is switched off")
    if not _offered(repository, network_timeout):
        within = f"{network_timeout:g} second{'s' * (network_timeout != 1)}"
        return _Search(None, f"{named} is not here and could not be fetched within {within}")
    _fetch(repository, cache, download_timeout)
    fetched = _cached(repository, cache)
    return _Search(fetched, f"{named} was fetched" if fetched else f"{named} could not be fetched")


def _repository(model: str) -> str | None:
    """The hub's name of a model: “small” has a known one, “owner/name” is one already."""
    from faster_whisper.utils import _MODELS

    return model if model.count("/") == 1 else _MODELS.get(model)


def _cached(repository: str, cache: Path) -> Path | None:
    from huggingface_hub import snapshot_download

    try:
        folder = snapshot_download(repository, cache_dir=cache, local_files_only=True)
    except (OSError, ValueError):  # not there, or not wholly
        return None
    return Path(folder) if is_model_folder(Path(folder)) else None


def _offered(repository: str, timeout: float) -> bool:
    """Whether the hub answers for this model in time. A thread, for looking up a name can hang."""
    answers: list[bool] = []
    asking = threading.Thread(
        target=lambda: answers.append(_answers(repository, timeout)), daemon=True
    )
    asking.start()
    asking.join(timeout)
    return answers == [True]


def _answers(repository: str, timeout: float) -> bool:
    import urllib.request

    address = _address(repository)
    if not address.startswith(("https://", "http://")):
        return False
    request = urllib.request.Request(address, method="HEAD")  # noqa: S310 - scheme checked above
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310 - as above
            return 200 <= answer.status < 400
    except (OSError, ValueError):
        return False


def _address(repository: str) -> str:
    from huggingface_hub import hf_hub_url

    return hf_hub_url(repository, "config.json")


def _fetch(repository: str, cache: Path, timeout: float) -> None:
    """Download a model in a process of its own, which can be ended if it hangs."""
    cache.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", FETCH, repository, str(cache)]
    try:
        subprocess.run(command, timeout=timeout, capture_output=True, check=False)  # noqa: S603 - our own interpreter, arguments as a list
    except subprocess.TimeoutExpired:
        return
