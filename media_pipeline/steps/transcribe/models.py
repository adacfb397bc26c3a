"""Whisper's models: which there are, which are here, and how they come and go.

A model is found, in this order, in the folder the settings name, in a folder of its name below the
cache, and in the cache as fetching leaves it.
"""

import hashlib
import shutil
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..failures import StepFailed
from ..ffmpeg import Progress
from .whisper import NEEDED, TOKENS, Whisper, is_installed, is_model_folder

DOWNLOAD_TIMEOUT = 1800.0  # seconds, after which a download is ended and counts as failed
NETWORK_TIMEOUT = 5.0  # seconds to find out whether the network offers a model
FETCH = (
    "import sys; from faster_whisper import download_model; "
    "download_model(sys.argv[1], cache_dir=sys.argv[2])"
)


@dataclass(frozen=True)
class PublishedModel:
    """What is published of a model: millions of parameters, and which languages it hears.

    Source: the table of models in OpenAI’s Whisper repository. ``bytes`` is what these parameters
    take in 16 bits each, as the converted models are stored: about the size of the download.
    """

    name: str
    parameters: int
    languages: str

    @property
    def bytes(self) -> int:
        return self.parameters * 2_000_000


MANY, ENGLISH = "many languages", "English"
PUBLISHED_MODELS = {
    model.name: model
    for model in (
        PublishedModel("tiny.en", 39, ENGLISH),
        PublishedModel("tiny", 39, MANY),
        PublishedModel("base.en", 74, ENGLISH),
        PublishedModel("base", 74, MANY),
        PublishedModel("small.en", 244, ENGLISH),
        PublishedModel("small", 244, MANY),
        PublishedModel("medium.en", 769, ENGLISH),
        PublishedModel("medium", 769, MANY),
        PublishedModel("large-v3", 1550, MANY),
        PublishedModel("turbo", 809, MANY),
    )
}


def find(model: str, cache: Path) -> Path | None:
    """The folder of a whole model, or None. Asks no network.

    ``model`` is a folder, a known name, or “owner/name” as the hub of models calls it. What was
    fetched is known only where Whisper is installed.
    """
    if is_model_folder(Path(model)):
        return Path(model)
    if Path(model).is_absolute() or Path(model).is_dir():
        return None
    if is_model_folder(cache / model):
        return cache / model
    repository = repository_of(model)
    return _fetched(repository, cache) if repository and is_installed() else None


def repository_of(model: str) -> str | None:
    """The hub's name of a model: “small” has a known one, “owner/name” is one already.

    The known ones come with faster-whisper: there are none where it is not installed.
    """
    if model.count("/") == 1:
        return model
    if not is_installed():
        return None
    from faster_whisper.utils import _MODELS

    return _MODELS.get(model)


@dataclass(frozen=True)
class ModelSearch:
    """Where a whole model is (or not: None), and the clause that says so."""

    folder: Path | None
    clause: str


def find_or_fetch(
    model: str,
    cache: Path,
    *,
    network_timeout: float = NETWORK_TIMEOUT,
    timeout: float = DOWNLOAD_TIMEOUT,
    progress: Progress | None = None,
) -> ModelSearch:
    """Look for a model here, then on the network.

    Whether the network offers it is decided within ``network_timeout`` seconds, the download ends
    within ``timeout``. ``progress`` hears of the download and may raise.
    """
    from huggingface_hub import is_offline_mode

    named = f"Whisper's model “{model}”"
    if folder := find(model, cache):
        place = "its folder" if folder == Path(model) else "the cache"
        return ModelSearch(folder, f"{named} is in {place}")
    if Path(model).is_dir() or Path(model).is_absolute():
        return ModelSearch(None, f"{named} is not a folder with a whole model in it")
    repository = repository_of(model)
    if repository is None:
        return ModelSearch(None, f"There is no Whisper model called “{model}”")
    if is_offline_mode():
        return ModelSearch(
            None, f"{named} is not here and fetching is switched off (HF_HUB_OFFLINE)"
        )
    if not is_offered(repository, network_timeout):
        within = f"{network_timeout:g} second{'s' * (network_timeout != 1)}"
        return ModelSearch(None, f"{named} is not here and could not be fetched within {within}")
    expected = PUBLISHED_MODELS[model].bytes if model in PUBLISHED_MODELS else None
    download(repository, cache, timeout, expected, progress)
    folder = find(model, cache)
    return ModelSearch(folder, f"{named} {'was' if folder else 'could not be'} fetched")


def is_offered(repository: str, timeout: float = NETWORK_TIMEOUT) -> bool:
    """Whether the hub answers for this model in time. A thread, for looking up a name can hang."""
    from huggingface_hub import get_hf_file_metadata, hf_hub_url

    address = hf_hub_url(repository, "config.json")
    answers: list[object] = []

    def ask() -> None:
        # The library hands on what its HTTP client raises, and has changed that client twice.
        with suppress(Exception):
            answers.append(get_hf_file_metadata(address, timeout=timeout))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(timeout)
    return bool(answers)


def download(
    repository: str,
    cache: Path,
    timeout: float,
    expected: int | None = None,
    progress: Progress | None = None,
) -> None:
    """Download a model in a process of its own, which is ended if it takes too long.

    ``expected`` bytes turn what lies in the cache into 0..1 for ``progress``, which may raise.
    """
    cache.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", FETCH, repository, str(cache)]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, arguments as a list
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    end = time.monotonic() + timeout
    try:
        while process.poll() is None and time.monotonic() < end:
            if progress and expected:
                progress(min(0.99, bytes_of(_cache_folder(repository, cache)) / expected))
            time.sleep(0.2)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def advice(model: str, cache: Path) -> str:
    """What to place where without a network; for an unknown name, which models there are."""
    repository = repository_of(model)
    if repository is None:
        return f"There are {', '.join(PUBLISHED_MODELS)}."
    return (
        f"Where there is a network, fetch the files of “{repository}” ({', '.join(NEEDED)}, "
        f"{TOKENS[0]} and {TOKENS[1]} or {TOKENS[2]}), put them in the folder {cache / model} "
        f"here, and run “python manage.py speech_models verify {model}”. Or put them in any "
        "folder and name it in MEMBERSNET_WHISPER_MODEL."
    )


def verify(folder: Path) -> list[str]:
    """What was checked of the model in ``folder``, a line each. Raises StepFailed for a bad one.

    Every file is there and not empty, what came with a checksum still has it, the model loads.
    """
    lines = []
    for name in (*NEEDED, *TOKENS):
        path = folder / name
        if path.is_file():
            if not path.stat().st_size:
                raise StepFailed(f"{name} in {folder} is empty: fetch or copy it again.")
            lines.append(f"{name}: {path.stat().st_size} bytes{_checked(path)}")
    if not is_model_folder(folder):
        missing = [name for name in (*NEEDED, TOKENS[0]) if not (folder / name).is_file()]
        missing = missing or [f"{TOKENS[1]} or {TOKENS[2]}"]
        raise StepFailed(
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing in {folder}."
        )
    try:
        model = Whisper(folder, folder.name, device="cpu").load().model
    except (RuntimeError, ValueError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise StepFailed(f"The model in {folder} cannot be loaded: {reason}") from error
    lines.append(f"loads; hears {MANY if model.is_multilingual else ENGLISH}")
    return lines


def remove(model: str, cache: Path) -> int:
    """Remove a model from the cache; return its bytes.

    Raises StepFailed if it is not there. A folder elsewhere is never touched.
    """
    repository = repository_of(model)
    places = [cache / model, *([_cache_folder(repository, cache)] if repository else [])]
    root = cache.resolve()
    places = [place for place in places if place.is_dir() and root in place.resolve().parents]
    if not places:
        raise StepFailed(f"Whisper's model “{model}” is not in {cache}: nothing was removed.")
    freed = sum(bytes_of(place) for place in places)
    for place in places:
        shutil.rmtree(place)
    return freed


def bytes_of(folder: Path) -> int:
    """The bytes of all files below a folder; links are not counted."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files)


def _fetched(repository: str, cache: Path) -> Path | None:
    from huggingface_hub import snapshot_download

    try:
        folder = snapshot_download(repository, cache_dir=cache, local_files_only=True)
    except (OSError, ValueError):  # not there, or not wholly
        return None
    return Path(folder) if is_model_folder(Path(folder)) else None


def _cache_folder(repository: str, cache: Path) -> Path:
    return cache / f"models--{repository.replace('/', '--')}"


def _checked(path: Path) -> str:
    """Compare a fetched file with the checksum that the cache names it by, where it does."""
    expected = path.resolve().name
    if not path.is_symlink() or len(expected) != 64:
        return ""
    with path.open("rb") as file:
        checksum = hashlib.file_digest(file, "sha256").hexdigest()
    if checksum != expected:
        raise StepFailed(f"{path.name} in {path.parent} is damaged: fetch the model again.")
    return ", checksum right"
