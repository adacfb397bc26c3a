"""A site of its own for benchmarks of the search page: the demonstration's people, rules, facts and
words, and in the index so many passages beside them.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SCRATCH = "membersnet-bench-"


@contextmanager
def site(count: int, *, say: Callable[[str], None]) -> Iterator[Any]:
    """Set a site up in a folder that is gone afterwards; yield a client signed in as a member."""
    with tempfile.TemporaryDirectory(prefix=SCRATCH) as folder:
        os.environ["MEMBERSNET_DATA_DIR"] = folder
        os.environ.setdefault("EMAIL_URL", "consolemail://")
        os.environ["MEMBERSNET_LOG_LEVEL"] = "ERROR"
        os.environ.pop("DATABASE_URL", None)
        from demo.environment import prepare_environment

        prepare_environment("localhost", 8000)
        import django

        django.setup()
        _fill(count, say)
        yield _signed_in()


def _fill(count: int, say: Callable[[str], None]) -> None:
    from bench.search_passages import documents
    from demo import setup
    from demo.loader import library, people, vocabulary
    from search.actions import indexing
    from search.actions.indexing import everything

    say("making the database")
    setup.make_tables()
    setup.collect_static()
    for load in (people.load, library.load, vocabulary.load):
        load()
    say(f"indexing {count:,} passages and what the demonstration holds")
    indexing.engine().rebuild(chain(everything({}), documents(count)))


def _signed_in() -> Any:
    from django.test import Client

    from party.models import Member

    client = Client(raise_request_exception=False, HTTP_HOST="localhost")
    client.force_login(Member.objects.get(email="member@demo.example"))
    return client
