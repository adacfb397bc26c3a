"""A fact card is saved, and the index learns of it."""

from uuid import UUID

from bench.kill_targets.target import Acknowledged, Written


def build_index() -> None:
    from search.actions.indexing import rebuild_index

    rebuild_index()


def save_card(token: str) -> int:
    from tests.factories.library import make_card

    return make_card(f"card-{token}").pk


def indexing() -> set[UUID]:
    from ground.jobs.models import TaskJob

    running = TaskJob.objects.running().filter(task="search.tasks.index_changes")
    return set(running.values_list("lease", flat=True))


def account(done: Acknowledged) -> list[str]:
    from library.facts.models import FactCard
    from search.actions.index_state import compare_index
    from search.actions.indexing import engine

    kept = set(FactCard.objects.values_list("pk", flat=True))
    ids = [(document.kind, document.id) for document in engine().documents()]
    found = [f"card {token} is not there" for token, pk in done.items() if pk not in kept]
    found += [] if len(ids) == len(set(ids)) else ["a document is in the index twice"]
    differences = compare_index()
    return found + ([f"it is not what its sources say: {differences}"] if differences else [])


INDEX = Written("index writing", build_index, account, save_card, indexing)
