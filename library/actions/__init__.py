"""What may change the library. Each action is one transaction and tells the search index."""

from library.actions.facts import publish_fact, save_fact, withdraw_fact
from library.actions.importing import import_edition
from library.actions.publishing import publish_edition, update_search
from library.actions.recording import FACTS, PROCEDURES, PROVISIONS, Refused
from library.actions.works import save_work

__all__ = [
    "FACTS",
    "PROCEDURES",
    "PROVISIONS",
    "Refused",
    "import_edition",
    "publish_edition",
    "publish_fact",
    "save_fact",
    "save_work",
    "update_search",
    "withdraw_fact",
]
