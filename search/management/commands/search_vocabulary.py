"""Teach the search the words and abbreviations of a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError

from ground.refusals import Refused
from search.actions.vocabulary_import import import_entries

LARGEST = 1024 * 1024  # bytes; two thousand entries have a quarter of it


class _Loader(yaml.SafeLoader):
    """Reads plain YAML without aliases: a short file of them can stand for a very long one."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.constructor.ConstructorError(problem="an alias", problem_mark=mark)
        return super().compose_node(parent, index)


class Command(BaseCommand):
    help = (
        "Adds the words of a YAML file to the vocabulary and updates those whose first form is "
        "known; entries that the file does not name stay as they are. Each entry has a list of "
        "`words` and, where wanted, a `meaning`, a `source` and `both_ways: false`."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.yaml")
        parser.add_argument("--dry-run", action="store_true", help="check, and write nothing")

    def handle(self, *args: Any, file: Path, dry_run: bool = False, **options: Any) -> None:
        try:
            done = import_entries(_read(file), by=None, dry_run=dry_run)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            said = f"{done.added} added, {done.updated} updated, {done.unchanged} as they were."
            self.stdout.write(f"{said} Nothing was written." if dry_run else said)


def _read(file: Path) -> Any:
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{file} is larger than {LARGEST // 1024} KB; nothing was imported.")
        return _Loader(file.read_bytes().decode("utf-8-sig")).get_single_data()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not a text file in UTF-8; nothing was imported.") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise CommandError(f"{file} is not valid YAML{where}; nothing was imported.") from error
