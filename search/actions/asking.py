"""What is remembered of questions: the day, the words, how much was found, what was opened.

Never who asked. docs/asked-questions.md says what is kept, for how long and why.
"""

import datetime
import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from django.core import signing
from django.db import DatabaseError, connection, transaction

from party.permissions import ANYONE, MEMBERS
from search.actions.indexing import engine
from search.actions.vocabulary import vocabulary
from search.engines.base import Query
from search.engines.text import plain_words
from search.models import AskedQuestion, FrequentQuestion
from search.models.asked import LONGEST_KEPT
from search.questions import LONGEST, SLIGHT_WORDS, parse

logger = logging.getLogger(__name__)

SALT = "search.asked"
TOKEN_SECONDS = 24 * 60 * 60  # how long after asking an opened result still counts
LAST_POSITION = 500  # the last place on the last page, and room
MOST_RESULTS = 2_000_000_000  # what the column holds
MOST_FREQUENT = 500  # questions offered at most
WAIT_MILLISECONDS = 100  # for a database that somebody else is writing; then it is not noted
EVERY_MEMBER = frozenset({ANYONE, MEMBERS})

_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z0-9]? ?\d[a-z]{2}\b")
_LONG_NUMBER = re.compile(r"\d{6,}")
_SPACED_NUMBER = re.compile(r"[+(]?\d[\d ()./\-‐‑–]*\d")
_FEWEST_DIGITS = 9  # of a number in groups: a telephone's, and no list of years or rules
# Stored text, so in one language whatever the reader's is.
NO_ADDRESS, NO_NUMBER = "(address left out)", "(number left out)"
_PRIVATE = re.compile(r"left out\)|\d{5}")


def note_asked(question: str, results: int, *, today: datetime.date) -> str:
    """Remember a question with how much was found; return the token by which `note_opened` adds.

    "" where there is nothing to remember or no way to: a page never fails for it.
    """
    kept = as_kept(question)
    if not kept:
        return ""
    try:
        with _soon(), transaction.atomic():
            row = AskedQuestion.objects.create(
                day=today, question=kept, results=min(max(results, 0), MOST_RESULTS)
            )
    except DatabaseError as error:
        logger.warning("A question was not noted: %s", error)
        return ""
    return signing.dumps(row.pk, salt=SALT)


def note_opened(token: str, position: int) -> None:
    """Remember at which place the first result stood that somebody opened; 1 is the first.

    A token that is wrong, a day old or used before changes nothing, and nobody is told.
    """
    if not 1 <= position <= LAST_POSITION:
        return
    try:
        pk = signing.loads(token, salt=SALT, max_age=TOKEN_SECONDS)
    except (signing.BadSignature, ValueError):
        return
    try:
        with _soon(), transaction.atomic():
            AskedQuestion.objects.filter(pk=pk, position=None).update(position=position)
    except DatabaseError as error:
        logger.warning("What was opened was not noted: %s", error)


def as_kept(question: str) -> str:
    """Return a question as it is stored: one case and spacing, without people's addresses.

    E-mail and web addresses, names with @, postcodes, telephone numbers and long numbers are
    replaced by a note that they are left out.
    """
    text = unicodedata.normalize("NFKC", "".join(map(_printable, question[:LONGEST]))).lower()
    words = (NO_ADDRESS if "@" in word or "://" in word else word for word in text.split())
    text = _POSTCODE.sub(NO_ADDRESS, " ".join(words))
    text = _SPACED_NUMBER.sub(_without_telephone, text)
    return _LONG_NUMBER.sub(NO_NUMBER, text)[:LONGEST_KEPT].strip()


def _printable(character: str) -> str:
    return character if character.isprintable() else " "


def _without_telephone(run: re.Match[str]) -> str:
    return NO_NUMBER if sum(map(str.isdigit, run[0])) >= _FEWEST_DIGITS else run[0]


@contextmanager
def _soon() -> Iterator[None]:
    """Wait only briefly for SQLite's one writer: a page does not stand still for a note."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    patient = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {WAIT_MILLISECONDS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {patient}")


def forget_old_questions(*, today: datetime.date) -> int:
    """Delete what was asked more than 90 days ago; return how many searches that were."""
    return AskedQuestion.objects.outdated(today).delete()[0]


def choose_frequent_questions() -> int:
    """Choose anew which questions are offered to whoever begins to type them; return how many.

    Only those that were asked often or on several days, that find something for every member, and
    of which each word stands in what every member may read: so nobody is offered a name that
    somebody typed, or words that only editors can find. Raises `IndexMissing`, `EngineUnavailable`.
    """
    known: dict[str, bool] = {}
    chosen = [
        FrequentQuestion(question=row["question"], times=row["times"])
        for row in AskedQuestion.objects.frequent()[:MOST_FREQUENT]
        if not _PRIVATE.search(row["question"]) and _is_for_everybody(row["question"], known)
    ]
    with transaction.atomic():
        FrequentQuestion.objects.all().delete()
        FrequentQuestion.objects.bulk_create(chosen)
    return len(chosen)


def _is_for_everybody(question: str, known: dict[str, bool]) -> bool:
    for word in plain_words(question):
        if word not in SLIGHT_WORDS and word not in known:
            known[word] = _finds(f'"{word}"')
    return all(known.get(word, True) for word in plain_words(question)) and _finds(question)


def _finds(text: str) -> bool:
    return engine().search(Query(parse(text, vocabulary()), EVERY_MEMBER, limit=1)).total > 0


def frequent_questions(beginning: str, limit: int = 5) -> tuple[str, ...]:
    """Return the questions that begin with what was typed, what is asked most first."""
    typed = as_kept(beginning)
    if not typed:
        return ()
    found = FrequentQuestion.objects.filter(question__startswith=typed)
    return tuple(found.values_list("question", flat=True)[:limit])
