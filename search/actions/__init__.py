"""What search does: `indexing` keeps the index true, `comparing` says whether it is, `answering`
asks it, `plainly` asks the database instead, `suggesting` says what may be meant, `vocabulary`
holds what editors teach it, `asking` remembers what was asked.
"""

from search.actions.answers import Answer, answer, ask
from search.actions.index_state import Differences, compare_index, index_state
from search.actions.indexing import (
    BATCH,
    BUSY_SECONDS,
    UNAVAILABLE_SECONDS,
    engine,
    index_changes,
    mark_changed,
    rebuild_index,
    request_indexing,
)
from search.actions.question_log import note_asked, note_opened
from search.actions.suggestions import Suggestion, nearest, suggestions

__all__ = [
    "BATCH",
    "BUSY_SECONDS",
    "UNAVAILABLE_SECONDS",
    "Answer",
    "Differences",
    "Suggestion",
    "answer",
    "ask",
    "compare_index",
    "engine",
    "index_changes",
    "index_state",
    "mark_changed",
    "nearest",
    "note_asked",
    "note_opened",
    "rebuild_index",
    "request_indexing",
    "suggestions",
]
