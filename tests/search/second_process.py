"""A process of its own with the search app, a database file and an index: made to be killed.

`python -m tests.search.second_process FOLDER COMMAND …` indexes what `FOLDER/shelf.json` holds, a
dictionary from key to body.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

import django
from django.conf import settings


def configure(folder: Path) -> None:
    """Set up Django with search and the people; other processes open the database's file too."""
    queues = ["default", "index"]
    settings.configure(
        SECRET_KEY="only-for-this-test",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "ground.jobs",
            "party",
            "search",
            "django_tasks",
            "django_tasks_db",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "db.sqlite3",
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL;",
                },
            }
        },
        QUEUES=queues,
        TASKS={
            "default": {"BACKEND": "ground.jobs.backend.JobBackend", "QUEUES": queues},
            "queue": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": queues},
        },
        SEARCH_ENGINE="embedded",
        SEARCH_INDEX_DIR=folder / "index",
        SEARCH_URL="",
        AUTH_USER_MODEL="party.Member",
    )
    django.setup()


def shelf_source(folder: Path):
    from search import sources
    from search.engines.document import Document

    class FileShelf(sources.Source):
        kind, label = "fact", "Facts"

        def keys(self):
            return list(json.loads((folder / "shelf.json").read_text()))

        def documents(self, keys):
            shelf = json.loads((folder / "shelf.json").read_text())
            for key in keys:
                if key in shelf:
                    yield Document(
                        id=key,
                        key=key,
                        kind="fact",
                        url=f"/{key}/",
                        title=key,
                        body=shelf[key],
                        audience=("members",),
                    )

    return FileShelf()


def die(*arguments, **values) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_before_commit() -> None:
    """Let the process be killed when entries are deleted and written, but not committed."""
    from search.engines import embedded

    def half_done(self, entries, documents):
        for entry in entries:
            self._writer.delete_documents_by_term("entry", entry.word)
        for document in documents:
            self._writer.add_document(embedded.indexed(document))
        die()

    embedded._EmbeddedWriter.replace = half_done


def die_after_commit() -> None:
    """Let the process be killed when the index has the entries, and their rows still stand."""
    from search.models.changes import ChangedEntryQuerySet

    ChangedEntryQuerySet.forget = die


def work_until_done() -> None:
    """Index a few at a time beside other workers, until nothing waits."""
    from search.actions.indexing import index_changes
    from search.engines.engine import WriterBusy
    from search.models import ChangedEntry

    while ChangedEntry.objects.exists():
        try:
            index_changes(limit=3)
        except WriterBusy:
            time.sleep(0.01)


def state() -> dict:
    from search.actions.indexing import engine
    from search.models import ChangedEntry

    documents = sorted((d.key, d.body) for d in engine().documents())
    waiting = sorted(ChangedEntry.objects.values_list("key", flat=True))
    return {"documents": documents, "waiting": waiting}


def main(folder: Path, command: str, *arguments: str) -> None:
    configure(folder)
    from django.core.management import call_command

    from search import sources
    from search.actions import changes, indexing

    sources.register(shelf_source(folder))
    if command == "prepare":
        call_command("migrate", verbosity=0)
        indexing.rebuild_index()
    elif command == "mark":
        changes.mark_changed("fact", arguments)
    elif command == "index":
        if arguments:
            {"die_before_commit": die_before_commit, "die_after_commit": die_after_commit}[
                arguments[0]
            ]()
        indexing.index_changes()
    elif command == "rebuild_and_die":
        indexing.engine().rebuild(map(die, [1]))
    elif command == "work":
        work_until_done()
    elif command == "hold":
        with indexing.engine().writing():
            print("held", flush=True)
            sys.stdin.read()
    print(json.dumps(state()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
