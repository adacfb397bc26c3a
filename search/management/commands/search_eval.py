"""Measure the search against documents and questions that somebody judged."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.actions.evaluating import BadFile, evaluate, read_judged
from search.engines import ENGINES
from search.engines.base import EngineUnavailable, WriterBusy


class Command(BaseCommand):
    help = (
        "Index documents apart from the site's index, ask questions as the site would, and say how "
        "well the answers agree with the judgements, and how quickly they came. The gain of a "
        "document is its grade. A judged document that is not among the documents counts as not "
        "found."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--documents", type=Path, required=True, help='one {"id", "title", "text"} a line'
        )
        parser.add_argument("--queries", type=Path, required=True, help='one {"id", "text"} a line')
        parser.add_argument(
            "--qrels", type=Path, required=True, help="question, document, grade; tabs between"
        )
        parser.add_argument(
            "--engine", choices=ENGINES, default=None, help="the one that the settings name"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(
        self, *, documents: Path, queries: Path, qrels: Path, engine: str | None, **options: Any
    ) -> None:
        try:
            judged = read_judged(documents, queries, qrels)
            measured = evaluate(judged, engine or settings.SEARCH_ENGINE)
        except (BadFile, EngineUnavailable, WriterBusy) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(measured))
            return
        for name, value in measured.items():
            self.stdout.write(f"{name}: {value:g}" if value < 1 else f"{name}: {value}")
