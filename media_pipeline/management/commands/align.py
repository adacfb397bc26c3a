"""Writes captions of a film or a sound file by its script; needs no row in the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from media_pipeline.management.commands._terminal import (
    deliver,
    existing,
    one_clear_line,
    output_kind,
    scored,
    sound_of,
)
from media_pipeline.steps.align import Alignment, align
from media_pipeline.steps.captions import compose_cues
from media_pipeline.steps.clock import spoken_time
from media_pipeline.steps.formats.writers import write_captions
from media_pipeline.steps.script import read_script


class Command(BaseCommand):
    help = (
        "Finds when each word of SCRIPT (TXT or DOCX, English) is said in FILE (any film or sound) "
        "and writes captions of its very words: WebVTT to the standard output, or to --output. "
        "What stands in the script alone, and where somebody speaks beyond it, is reported."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("script", type=Path)
        parser.add_argument("--output", type=Path, help="where to write the captions")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        output, script = options["output"], options["script"]
        with one_clear_line():
            existing(file)
            kind = output_kind(output, file, existing(script)) if output else "vtt"
            words = read_script(existing(script))
            with sound_of(file, self.stderr, "Looking for the words") as (wav, progress):
                matched = align(wav, words, progress=progress)
            if not matched.words:
                raise CommandError(
                    f"Nothing of {script.name} was found in {file.name}. Nothing was written."
                )
            cues = compose_cues(list(matched.words))
            data = write_captions(kind, cues, title=file.stem, language="en")
            deliver(data, output, self.stdout)
        self._report(matched)
        self.stderr.write(scored(cues))

    def _report(self, matched: Alignment) -> None:
        for lost in matched.unmatched:
            self.stderr.write(
                f"Not found in the sound, at {spoken_time(lost.start)}: “{lost.text}”"
            )
        for said in matched.unscripted:
            self.stderr.write(
                f"Not in the script: {spoken_time(said.start)} to {spoken_time(said.end)}"
            )
        self.stderr.write(f"{len(matched.words)} words placed in {matched.seconds:.1f} s.")
