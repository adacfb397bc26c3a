"""Holds a caption file against the rules; needs no row in the database."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from media_pipeline.management.commands._terminal import (
    captions_counted,
    existing,
    one_clear_line,
)
from media_pipeline.steps.breaks import names_in
from media_pipeline.steps.caption_check import check_cues
from media_pipeline.steps.formats.readers import parse_captions
from media_pipeline.steps.script import read_script


class Command(BaseCommand):
    help = (
        "Prints every caption rule that FILE (WebVTT, SRT or TTML) breaks, and its score from 0 to "
        "100. Exit code: 0 if the captions can be shown, however hard they are to read; 1 if "
        "captions overlap, are empty or run backwards, if the score is below --at-least, or if "
        "the file cannot be read."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.add_argument("--glossary", type=Path, help="a text file of names and terms")
        parser.add_argument("--at-least", type=float, metavar="SCORE", help="fail below this score")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        with one_clear_line():
            cues = parse_captions(existing(file))
            glossary = options["glossary"]
            terms = read_script(existing(glossary)).splitlines() if glossary else []
        check = check_cues(cues, names=names_in(terms))
        if options["json"]:
            self.stdout.write(json.dumps(asdict(check), indent=1, ensure_ascii=False))
        else:
            for broken in check.broken:
                self.stdout.write(f"{broken.cue}. {broken.rule}: {broken.sentence}")
            self.stdout.write(
                f"{captions_counted(check.cues)}, {len(check.broken)} rules broken, "
                f"score {check.score:g} of 100."
            )
        if check.faults:
            raise CommandError(
                f"{file.name} has {len(check.faults)} faults that players show: captions that "
                "overlap, are empty or run backwards."
            )
        least = options["at_least"]
        if least is not None and check.score < least:
            raise CommandError(f"{file.name} scores {check.score:g}, below {least:g}.")
