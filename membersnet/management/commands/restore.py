"""Restore a backup into an empty place, or try whether it would; docs/backup.md says how."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from ground.refusals import Refused
from membersnet.backups.folder import BackupFolder
from membersnet.backups.hub import Hub, passphrase, this_hub
from membersnet.backups.restoring import Opened, open_backup, restore_backup, try_out


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty data folder, database and media storage, and bring it to "
        "this version. The passphrase is read as for “backup”."
    )
    requires_migrations_checks = False
    requires_system_checks = []  # the secret key that they ask for is in the backup

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder with the backups")
        parser.add_argument(
            "--backup", default="", help="one of them by its name; usually the newest"
        )
        parser.add_argument(
            "--check", action="store_true", help="read and try all of it, and change nothing"
        )

    def handle(self, *args: Any, folder: Path, backup: str, check: bool, **options: Any) -> None:
        try:
            hub = this_hub()
            opened = open_backup(hub, BackupFolder.open(folder, passphrase()), backup)
            if check:
                try_out(hub, opened)
                self.stdout.write(f"{opened.path} is whole and can be restored.")
            else:
                self._restore(hub, opened)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        except OSError as error:
            raise CommandError(
                f"Nothing was restored: {error.filename or folder}: {error.strerror or error}. "
                "Make room or mend the disk, then run this again."
            ) from error
        except KeyboardInterrupt as error:
            raise CommandError("Stopped. Nothing was restored.", returncode=130) from error

    def _restore(self, hub: Hub, opened: Opened) -> None:
        restore_backup(hub, opened)
        self.stdout.write(f"Restored {opened.path}. Bringing it to this version …")
        connections.close_all()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.stdout.write(
            f"The hub is restored. Its secret key and settings are in {hub.data / 'restored'}: "
            "start web and workers with them, then remove that folder. The worker builds the "
            "search index."
        )
