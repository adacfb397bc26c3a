"""Whisper's models: which there are, which are here, and how they come and go.

A model is found, in this order, in the folder the settings name, in a folder of its name below the
cache, and in the cache as fetching leaves it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from ..failures import StepFailed
from ..ffmpeg import Progress
from .whisper import NEEDED, TOKENS, Whisper, is_model_folder

DOWNLOAD_TIMEOUT = 1800.0  # seconds, after which a download is ended and counts as failed
NETWORK_TIMEOUT = 5.0  # seconds to find out whether the network offers a model
FETCH = (
    "import sys; from faster_whisper import download_model; "
    "download_model(sys.argv[1], cache_dir=sys.argv[2])"
)
YES = {"1", "on", "yes", "true"}


@dataclass(frozen=True)
class Known:
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
KNOWN = {
    model.name: model
    for model in (
        Known("tiny.en", 39, ENGLISH),
        Known("tiny", 39, MANY),
        Known("base.en", 74, ENGLISH),
        Known("base", 74, MANY),
        Known("small.en", 244, ENGLISH),
        Known("small", 244, MANY),
        Known("medium.en", 769, ENGLISH),
        Known("medium", 769, MANY),
        Known("large-v3", 1550, MANY),
        Known("turbo", 809, MANY),
    )
}


def find(model: str, cache: Path) -> Path | None:
    """The folder of a whole model, or None. Asks no network.

    ``model`` is a folder, a known name, or “owner/name” as the hub of models calls it.
    """
    if is_model_folder(Path(model)):
        return Path(model)
    if Path(model).is_absolute() or Path(model).is_dir():
        return None
    if is_model_folder(cache / model):
        return cache / model
    repository = repository_of(model)
    return _fetched(repository, cache) if repository else None


def repository_of(model: str) -> str | None:
    """The hub's name of a model: “small” has a known one, “owner/name” is one already."""
    from faster_whisper.utils import _MODELS

    return model if model.count("/") == 1 else _MODELS.get(model)


def fetching_is_off() -> bool:
    """Whether the environment forbids asking the network for models."""
    return os.environ.get("HF_HUB_OFFLINE", "").lower() in YES


def is_offered(repository: str, timeout: float = NETWORK_TIMEOUT) -> bool:
    """Whether the hub answers for this model in time. A thread, for looking up a name can hang."""
    answers: list[bool] = []
    asking = threading.Thread(
        target=lambda: answers.append(_answers(repository, timeout)), daemon=True
    )
    asking.start()
    asking.join(timeout)
    return answers == [True]


def fetch(
    model: str,
    cache: Path,
    *,
    network_timeout: float = NETWORK_TIMEOUT,
    timeout: float = DOWNLOAD_TIMEOUT,
    progress: Progress | None = None,
) -> Path:
    """Fetch a model into the cache; return its folder.

    Raises StepFailed, within ``network_timeout`` or ``timeout`` seconds, where it cannot be had;
    the sentence says what to place where instead.
    """
    if found := find(model, cache):
        return found
    repository = repository_of(model)
    if repository is None:
        raise StepFailed(f"There is no Whisper model called “{model}”; there are {_names()}.")
    if fetching_is_off():
        raise StepFailed(f"Fetching is switched off (HF_HUB_OFFLINE). {advice(model, cache)}")
    if not is_offered(repository, network_timeout):
        raise StepFailed(
            f"Whisper's model “{model}” could not be reached within "
            f"{seconds_in_words(network_timeout)}. {advice(model, cache)}"
        )
    download(repository, cache, timeout, known_bytes(model), progress)
    if found := find(model, cache):
        return found
    raise StepFailed(f"Whisper's model “{model}” could not be fetched. {advice(model, cache)}")


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
                progress(min(0.99, bytes_of(_place(repository, cache)) / expected))
            time.sleep(0.2)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def advice(model: str, cache: Path) -> str:
    """What to place where, for a machine without a network."""
    repository = repository_of(model) or model
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
        raise StepFailed(f"{', '.join(missing)} {_is_are(missing)} missing in {folder}.")
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
    places = [cache / model, *([_place(repository, cache)] if repository else [])]
    root = cache.resolve()
    places = [p for p in places if p.is_dir() and p.resolve() != root and _below(p, root)]
    if not places:
        raise StepFailed(f"Whisper's model “{model}” is not in {cache}: nothing was removed.")
    freed = sum(bytes_of(place) for place in places)
    for place in places:
        shutil.rmtree(place)
    return freed


def known_bytes(model: str) -> int | None:
    """About how large a model is, from what is published of it."""
    return KNOWN[model].bytes if model in KNOWN else None


def bytes_of(folder: Path) -> int:
    """The bytes of all files below a folder; links are not counted."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files)


def seconds_in_words(seconds: float) -> str:
    """“1 second”, “5 seconds”."""
    return f"{seconds:g} second{'s' * (seconds != 1)}"


def _fetched(repository: str, cache: Path) -> Path | None:
    from huggingface_hub import snapshot_download

    try:
        folder = snapshot_download(repository, cache_dir=cache, local_files_only=True)
    except (OSError, ValueError):  # not there, or not wholly
        return None
    return Path(folder) if is_model_folder(Path(folder)) else None


def _place(repository: str, cache: Path) -> Path:
    return cache / f"models--{repository.replace('/', '--')}"


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


def _checked(path: Path) -> str:
    """Compare a fetched file with the checksum that the cache names it by, where it does."""
    wanted = path.resolve().name
    if not path.is_symlink() or len(wanted) != 64:
        return ""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != wanted:
        raise StepFailed(f"{path.name} in {path.parent} is damaged: fetch the model again.")
    return ", checksum right"


def _below(place: Path, root: Path) -> bool:
    return root in place.resolve().parents


def _is_are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _names() -> str:
    return ", ".join(KNOWN)
