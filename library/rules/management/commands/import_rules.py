"""Read a rule book from a file, and make a draft edition of it."""

import datetime
import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from ground.refusals import Refused
from library.rules.actions.drafts import import_edition
from library.rules.actions.import_worker import store_source
from library.rules.models import Work
from library.rules.rulebooks.sandboxed import read_in_sandbox
from library.rules.rulebooks.tree import ExcludedText, Reading, places


class Command(BaseCommand):
    help = (
        "Read a rule book in Markdown, HTML, DOCX, PDF or the JSON of an export, and make a draft "
        "edition of a work from it."
    )
    requires_system_checks = []  # reading alone needs no settings; writing checks them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--work", required=True, metavar="KEY", help="the work's address")
        parser.add_argument("--edition", required=True, metavar="LABEL")
        parser.add_argument("--in-force", required=True, metavar="DATE", help="as 2026-01-31")
        parser.add_argument("--dry-run", action="store_true", help="read, and write nothing")
        parser.add_argument("--json", action="store_true", help="print what was read as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"]:
            self.check()
        in_force_from = _date(options["in_force"])
        reading = _read(options["file"])
        if not reading.tree:
            raise CommandError(
                f"{options['file']} has no chapter and no numbered provision; nothing was imported."
            )
        if not options["dry_run"]:
            self._import(reading, options, in_force_from)
        if options["json"]:
            self.stdout.write(json.dumps(reading.as_dict(), ensure_ascii=False, indent=2))
        else:
            self._report(reading, dry_run=options["dry_run"])

    def _import(
        self, reading: Reading, options: dict[str, Any], in_force_from: datetime.date
    ) -> None:
        try:
            with transaction.atomic():
                edition = import_edition(
                    work=_work(options["work"]),
                    label=options["edition"],
                    in_force_from=in_force_from,
                    tree=reading.tree,
                    introduction=reading.introduction,
                    by=None,
                    now=timezone.now(),
                )
                store_source(edition, reading, file_name=options["file"].name)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _report(self, reading: Reading, *, dry_run: bool) -> None:
        counts = Counter(place.node.kind for place in places(reading.tree))
        found = ", ".join(f"{kind.replace('_', '-')}: {n}" for kind, n in sorted(counts.items()))
        self.stdout.write(f"{reading.title or 'A text without a title'}: {found}")
        for left in reading.left_out:
            self.stdout.write(f"Left out, {_where(left)}: {left.text} ({left.reason})")
        for warning in reading.warnings:
            self.stdout.write(f"Please check. {warning}")
        self.stdout.write(
            "Nothing was written." if dry_run else "A draft was made; publish it in the admin."
        )


def _date(written: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(written)
    except ValueError as error:
        raise CommandError(f"“{written}” is not a date; write it as 2026-01-31.") from error


def _read(file: Path) -> Reading:
    try:
        return read_in_sandbox(file, name=file.name)
    except Refused as refusal:
        raise CommandError(str(refusal)) from refusal


def _where(left: ExcludedText) -> str:
    return f"page {left.page}, line {left.line}" if left.page else f"line {left.line}"


def _work(key: str) -> Work:
    work = Work.objects.filter(slug=key).first()
    if work is None:
        known = ", ".join(Work.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(
            f"There is no work “{key}”. Make it in the admin first. Works there are: {known}."
        )
    return work
