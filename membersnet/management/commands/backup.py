"""Back the hub up into a folder, encrypted, while it goes on; docs/backup.md says how and why."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from ground.refusals import Refused
from membersnet.backups.folder import BackupFolder
from membersnet.backups.hub import packed_keys, passphrase, this_hub
from membersnet.backups.making import make_backup


class Command(BaseCommand):
    help = (
        "Back up database, media and keys into a folder, encrypted with the passphrase in "
        "MEMBERSNET_BACKUP_PASSPHRASE or in the file that MEMBERSNET_BACKUP_PASSPHRASE_FILE names."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="an empty folder, or one with backups")
        parser.add_argument(
            "--keep", type=int, metavar="N", help="then remove all but the newest N"
        )

    def handle(self, *args: Any, folder: Path, keep: int | None, **options: Any) -> None:
        if keep is not None and keep < 1:
            raise CommandError("--keep needs a number from 1 on. Nothing was changed.")
        try:
            opened = BackupFolder.begin(folder, passphrase())
            made = make_backup(this_hub(), opened, packed_keys(), timezone.now())
            files = made.manifest.files.values()
            rows = made.manifest.snapshot.rows.values()
            self.stdout.write(
                f"Backup made and tried by restoring it: {made.path}\n"
                f"{sum(rows)} rows in {len(rows)} tables; {len(files)} media files of "
                f"{filesizeformat(sum(file.size for file in files))}, {made.new_files} of them new."
            )
            if keep:
                gone = opened.forget_old(keep)
                self.stdout.write(f"Older backups removed: {gone}.")
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        except OSError as error:
            raise CommandError(
                f"No backup was made: {error.filename or folder}: {error.strerror or error}. "
                "Earlier backups are as they were. Make room or mend the disk, then run this again."
            ) from error
        except KeyboardInterrupt as error:
            raise CommandError("Stopped. No backup was made.", returncode=130) from error
