"""Writes captions of a film or a sound file; needs no row in the database."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from media_pipeline.management.commands._terminal import (
    check_target,
    deliver,
    existing,
    one_clear_line,
    output_kind,
    scored,
    sound_of,
    write_whole,
)
from media_pipeline.models.glossaries import corrections_in
from media_pipeline.steps.breaks import names_in
from media_pipeline.steps.captions import compose_cues
from media_pipeline.steps.corrections import Correction, correct
from media_pipeline.steps.formats.writers import write_captions
from media_pipeline.steps.script import read_script
from media_pipeline.steps.transcribe.base import Transcript
from media_pipeline.steps.transcribe.choice import ENGINES, EngineChoice, choose_transcriber
from media_pipeline.steps.words import Word


class Command(BaseCommand):
    help = (
        "Recognises the speech in FILE (any film or sound) and writes captions: WebVTT to the "
        "standard output, or to --output as WebVTT, SRT, TTML, text or DOCX by its ending."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--engine", choices=ENGINES, default=settings.MEDIA_ENGINE)
        parser.add_argument(
            "--model", default=settings.MEDIA_WHISPER_MODEL, help="Whisper’s: a name or a folder"
        )
        parser.add_argument("--language", default="en", help="what is spoken (en); “auto” to ask")
        parser.add_argument(
            "--glossary",
            type=Path,
            help="a text file: names and terms, one a line, and lines “heard = meant”",
        )
        parser.add_argument("--output", type=Path, help="where to write the captions")
        parser.add_argument("--words", type=Path, help="where to write words and times, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        output, words_file = options["output"], options["words"]
        with one_clear_line():
            existing(file)
            kind = output_kind(output, file) if output else "vtt"
            if words_file:
                check_target(words_file, file)
            lines = read_script(existing(options["glossary"])) if options["glossary"] else ""
            choice, heard = self._heard(file, lines, options)
            words, uses = correct(heard.words, corrections_in(lines))
            cues = compose_cues(words, names=names_in(_terms(lines)))
            data = write_captions(kind, cues, title=file.stem, language=heard.language)
            deliver(data, output, self.stdout)
            if words_file:
                write_whole(words_file, _as_json(choice, heard, words, uses))
        self._tell(choice, heard, uses)
        self.stderr.write(scored(cues) if cues else "No speech was found.")

    def _heard(
        self, file: Path, lines: str, options: dict[str, Any]
    ) -> tuple[EngineChoice, Transcript]:
        choice = choose_transcriber(
            options["engine"],
            model=options["model"],
            cache=settings.MEDIA_MODEL_CACHE,
            device=settings.MEDIA_SPEECH_DEVICE,
        )
        language = None if options["language"] == "auto" else options["language"]
        listening = f"{choice.transcriber.name} listens"
        with sound_of(file, self.stderr, listening) as (wav, progress):
            heard = choice.transcriber.transcribe(
                wav, language=language, glossary=_terms(lines), progress=progress
            )
        return choice, heard

    def _tell(self, choice: EngineChoice, heard: Transcript, uses: list[Correction]) -> None:
        for warning in heard.warnings:
            self.stderr.write(warning)
        for use in uses:
            self.stderr.write(f"{use.second:.1f} s: “{use.heard}” was put right: “{use.written}”.")
        self.stderr.write(f"{choice.reason} {heard.version}, {heard.seconds:.1f} s.")


def _terms(lines: str) -> list[str]:
    terms = [line.rpartition("=")[2].strip() for line in lines.splitlines()]
    return list(dict.fromkeys(filter(None, terms)))


def _as_json(
    choice: EngineChoice, heard: Transcript, words: list[Word], uses: list[Correction]
) -> bytes:
    everything = {**asdict(heard), "reason": choice.reason}
    everything |= {
        "words": [_rounded(word) for word in words],
        "corrections": list(map(asdict, uses)),
    }
    return (json.dumps(everything, indent=1, ensure_ascii=False) + "\n").encode()


def _rounded(word: Word) -> dict[str, Any]:
    return {**asdict(word), "confidence": round(word.confidence, 3)}
