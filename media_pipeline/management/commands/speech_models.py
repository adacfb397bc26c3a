"""Lists, fetches, verifies and removes the models that recognise speech."""

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from media_pipeline.management.commands._terminal import Bar, one_clear_line
from media_pipeline.steps.transcribe import models
from media_pipeline.steps.transcribe.sphinx import PocketSphinx
from media_pipeline.steps.transcribe.whisper import NOT_INSTALLED, is_installed

ACTIONS = ("list", "fetch", "verify", "remove")


class Command(BaseCommand):
    help = (
        "list: the models there are, which are here and which the settings choose (the default). "
        "fetch NAME: get one from the network. verify [NAME]: check one, or the chosen one. "
        "remove NAME: free its space."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", nargs="?", choices=ACTIONS, default="list")
        parser.add_argument("name", nargs="?", help="a model’s name, or a folder (verify)")
        parser.add_argument("--yes", action="store_true", help="remove without asking")
        parser.add_argument(
            "--timeout",
            type=float,
            default=models.DOWNLOAD_TIMEOUT,
            help="seconds that a download may take (%(default)g)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        action, name = options["action"], options["name"]
        if action in ("fetch", "remove") and not name:
            raise CommandError(
                f"Say which model to {action}: {', '.join(models.PUBLISHED_MODELS)}."
            )
        if action in ("fetch", "verify") and not is_installed():
            raise CommandError(f"{NOT_INSTALLED}: no model can be fetched or verified.")
        self.cache: Path = settings.MEDIA_MODEL_CACHE
        with one_clear_line():
            if action == "list":
                self._list()
            elif action == "fetch":
                self._fetch(name, options["timeout"])
            elif action == "verify":
                self._verify(name or settings.MEDIA_WHISPER_MODEL)
            else:
                self._remove(name, options["yes"])

    def _list(self) -> None:
        chosen = settings.MEDIA_WHISPER_MODEL
        rows = [("MODEL", "LANGUAGES", "PARAMETERS", "ABOUT", "HERE")]
        for known in models.PUBLISHED_MODELS.values():
            rows.append(
                (
                    f"{known.name}{' *' if known.name == chosen else ''}",
                    known.languages,
                    f"{known.parameters} M",
                    _size(known.bytes),
                    self._here(known.name),
                )
            )
        if chosen not in models.PUBLISHED_MODELS:
            rows.append((f"{chosen} *", "", "", "", self._here(chosen)))
        rows.append(("pocketsphinx", models.ENGLISH, "", "", PocketSphinx().version))
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
        self.stdout.write(self._outcome(chosen))

    def _here(self, name: str) -> str:
        folder = models.find(name, self.cache)
        return f"{_size(_taken(folder))} in {folder}" if folder else "no"

    def _outcome(self, chosen: str) -> str:
        """What the settings lead to, without asking the network."""
        engine = settings.MEDIA_ENGINE
        source = "Parameters as published by OpenAI; “about” is what they take in 16 bits each."
        if engine == "pocketsphinx":
            return f"{source}\nThe settings choose PocketSphinx (MEMBERSNET_SPEECH_ENGINE)."
        if not is_installed():
            otherwise = "PocketSphinx runs" if engine == "auto" else "transcription fails"
            return f"{source}\n* {NOT_INSTALLED}, so {otherwise}."
        if models.find(chosen, self.cache):
            return f"{source}\n* The settings choose Whisper with “{chosen}”, and it is here."
        otherwise = "PocketSphinx runs instead" if engine == "auto" else "transcription fails"
        return (
            f"{source}\n* The settings choose Whisper with “{chosen}”, which is not here: it is "
            f"fetched when it is needed, and where that fails, {otherwise}."
        )

    def _fetch(self, name: str, timeout: float) -> None:
        with closing(Bar(self.stderr, f"Fetching “{name}”")) as bar:
            search = models.find_or_fetch(name, self.cache, timeout=timeout, progress=bar)
        if search.folder is None:
            raise CommandError(f"{search.clause}. {models.advice(name, self.cache)}")
        self.stdout.write(f"“{name}” is in {search.folder} ({_size(_taken(search.folder))}).")

    def _verify(self, name: str) -> None:
        folder = models.find(name, self.cache)
        if folder is None and Path(name).is_dir():
            folder = Path(name)
        if folder is None and (self.cache / name).is_dir():
            folder = self.cache / name
        if folder is None:
            raise CommandError(
                f"Whisper's model “{name}” is not here. {models.advice(name, self.cache)}"
            )
        for line in models.verify(folder):
            self.stdout.write(line)
        self.stdout.write(f"“{name}” in {folder} is whole.")

    def _remove(self, name: str, sure: bool) -> None:
        if not sure:
            if not self.stdout.isatty():
                raise CommandError("Nothing was removed: say --yes where nobody can be asked.")
            answer = input(f"Remove the model “{name}” from {self.cache}? [y/N] ")
            if answer.strip().lower() not in ("y", "yes"):
                raise CommandError("Nothing was removed.")
        freed = models.remove(name, self.cache)
        self.stdout.write(f"“{name}” was removed; {_size(freed)} are free.")


def _taken(folder: Path) -> int:
    """The bytes of a model's files, also where they are links into the cache."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


def _size(count: int) -> str:
    return filesizeformat(count).replace("\xa0", " ")
