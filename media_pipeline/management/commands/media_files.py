"""Lists or removes the files of films that nothing names any more, and what has had its time."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from media_pipeline.actions.clips import forget_old_clips
from media_pipeline.actions.resumable_uploads import forget_expired_uploads
from media_pipeline.actions.stray_files import find_stray_files, remove_stray_files


class Command(BaseCommand):
    help = (
        "Lists the files that no film, clip or running job names, as a worker killed at a bad "
        "moment leaves them. --remove takes them away, with uploads that nobody finished and clips "
        "that were kept long enough. The workers do so once an hour."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="remove what is found")

    def handle(self, *args: Any, remove: bool = False, **options: Any) -> None:
        now = timezone.now()
        if remove:
            forget_expired_uploads(now)
            forget_old_clips(now)
        found = remove_stray_files(now) if remove else find_stray_files(now)
        if not options["verbosity"]:
            return
        for stray in found:
            self.stdout.write(f"{stray.name}  {filesizeformat(stray.bytes)}")
        verb = "removed" if remove else "found"
        total = filesizeformat(sum(stray.bytes for stray in found))
        self.stdout.write(f"Stray files {verb}: {len(found)} ({total}).")
