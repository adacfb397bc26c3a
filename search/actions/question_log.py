"""What is remembered of questions: the day, the words, how much was found, what was opened.

Never who asked. docs/asked-questions.md says what is kept, for how long and why.
"""

import datetime
import re
import unicodedata
from functools import partial
from itertools import islice

from django.core import signing
from django.db import transaction

from ground.side_notes import note_if_possible
from party.permissions import ANYONE, MEMBERS
from search.actions.deduplication import asked_today
from search.actions.indexing import engine
from search.citations import grammar
from search.engines.document import Document
from search.engines.question import Query, Reach
from search.engines.text import plain_words, stems
from search.models import AskedQuestion, FrequentQuestion
from search.models.asked import LONGEST_KEPT
from search.questions.parsing import LONGEST, parse, unquoted_citations, without
from search.questions.pieces import SLIGHT_WORDS

SALT = "search.asked"
TOKEN_SECONDS = 24 * 60 * 60  # how long after asking an opened result still counts
LAST_POSITION = 500  # the last place on the last page, and room
MOST_RESULTS = 2_000_000_000  # what the column holds
MOST_FREQUENT = 500  # questions offered at most,
MOST_LOOKED_AT = 5000  # of so many that are asked most
LOOKED_INTO = 20  # hits in which the words of a question may stand together
EVERY_MEMBER = frozenset({ANYONE, MEMBERS})

_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z0-9]? ?\d[a-z]{2}\b")
_LONG_NUMBER = re.compile(r"\d{6,}")
_SPACED_NUMBER = re.compile(r"[+(]?\d[\d ()./\-‐‑–]*\d")
_FEWEST_DIGITS = 6  # of a number in groups: a telephone's, a bank's, a day of birth
_YEARS = re.compile(r"(?<!\S)(?:19|20)\d\d(?:[-‐‑–/](?:(?:19|20)\d\d|\d\d))?(?!\S)")
_INSURANCE = re.compile(r"\b[a-z]{2}(?:[ -]?\d\d){3}[ -]?[a-d]\b")
_ADDRESS = re.compile(r"@|://|\bwww\.|\w\.(?:com|org|net|uk|eu|me|info|io)/")
_ENDS = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|\n+")  # of sentences
# Stored text, so in one language whatever the reader's is.
NO_ADDRESS, NO_NUMBER = "(address left out)", "(number left out)"
_PRIVATE = re.compile(r"left out\)|\d{5}")


def log_question(question: str, results: int, *, today: datetime.date, asker: str = "") -> str:
    """Remember a question with how much was found; return its token for `log_opened_result`.

    Of one `asker` (any text that is theirs alone; it is not stored) the same question is remembered
    once a day, and so many a minute. "" where there is nothing to remember or no way to: a page
    never fails for it.
    """
    kept = redacted(question)
    if not plain_words(kept) or (asker and not asked_today.is_new(asker, kept, today=today)):
        return ""
    asked = {"day": today, "question": kept, "results": min(max(results, 0), MOST_RESULTS)}
    row = note_if_possible("A question", partial(AskedQuestion.objects.create, **asked))
    return signing.dumps(row.pk, salt=SALT) if row else ""


def log_opened_result(token: str, position: int) -> None:
    """Remember at which place the first result stood that somebody opened; 1 is the first.

    A token that is wrong, a day old or used before changes nothing, and nobody is told.
    """
    if not 1 <= position <= LAST_POSITION:
        return
    try:
        pk = signing.loads(token, salt=SALT, max_age=TOKEN_SECONDS)
    except (signing.BadSignature, ValueError):
        return
    rows = AskedQuestion.objects.filter(pk=pk, position=None)
    note_if_possible("What was opened", lambda: rows.update(position=position))


def redacted(question: str) -> str:
    """Return a question as it is stored: one case and spacing, without people's addresses.

    E-mail and web addresses, names with @, postcodes, National Insurance numbers, and six digits or
    more, also in groups, are replaced by a note that they are left out; citations and years stay.
    """
    text = unicodedata.normalize("NFKC", "".join(map(_printable, question[:LONGEST]))).lower()
    words = (NO_ADDRESS if _ADDRESS.search(word) else word for word in text.split())
    text = _POSTCODE.sub(NO_ADDRESS, " ".join(words))
    text = _INSURANCE.sub(NO_NUMBER, text)
    text = _SPACED_NUMBER.sub(_without_number, text)
    return _LONG_NUMBER.sub(NO_NUMBER, text)[:LONGEST_KEPT].strip()


def _printable(character: str) -> str:
    return character if character.isprintable() else " "


def _without_number(run: re.Match[str]) -> str:
    """Return a run of digits in groups as it is, or the note in its place."""
    if _digits(_YEARS.sub("", run[0])) < _FEWEST_DIGITS:
        return run[0]
    cited = [citation for citation in grammar().mentions(run.string) if citation.keys]
    own = "".join(
        character
        for place, character in enumerate(run[0], run.start())
        if not any(citation.start <= place < citation.end for citation in cited)
    )
    return NO_NUMBER if _digits(_YEARS.sub("", own)) >= _FEWEST_DIGITS else run[0]


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def delete_old_questions(*, today: datetime.date) -> int:
    """Delete what was asked more than 90 days ago; return how many searches that were."""
    return AskedQuestion.objects.outdated(today).delete()[0]


def choose_frequent_questions() -> int:
    """Choose anew which questions are offered to whoever begins to type them; return how many.

    Only those that were asked often and on several days, and of which all words that matter stand
    together in a title or one sentence that every member may read: so nobody is offered a name that
    somebody typed, words that only editors can find, or an accusation made of words from anywhere.
    Raises `IndexMissing`, `EngineUnavailable`.
    """
    asked = AskedQuestion.objects.frequent()[:MOST_LOOKED_AT]
    offered = (
        FrequentQuestion(question=row["question"], times=row["times"])
        for row in asked
        if not _PRIVATE.search(row["question"]) and _stands_together(row["question"])
    )
    chosen = list(islice(offered, MOST_FREQUENT))
    with transaction.atomic():
        FrequentQuestion.objects.all().delete()
        FrequentQuestion.objects.bulk_create(chosen)
    return len(chosen)


def _stands_together(question: str) -> bool:
    """Say whether what is asked stands in one place that every member may read.

    Citations need only be found. What editors taught adds nothing: these must be the words.
    """
    cited = [citation for citation in unquoted_citations(question) if citation.keys]
    typed = plain_words(without(question, cited))
    weighty = {stem for word in typed if word not in SLIGHT_WORDS for stem in stems(word)}
    query = Query(parse(question), EVERY_MEMBER, limit=LOOKED_INTO)
    if query.question.asks_nothing or not (weighty or cited):
        return False
    hits = engine().match(query, Reach.WORDS).hits
    return any(_holds(hit.document, weighty) for hit in hits)


def _holds(document: Document, weighty: set[str]) -> bool:
    return any(
        weighty <= set(stems(place)) for place in (document.title, *_ENDS.split(document.body))
    )


def frequent_questions(beginning: str, limit: int = 5) -> tuple[str, ...]:
    """Return the questions that begin with what was typed, what is asked most first."""
    typed = redacted(beginning)
    if not typed:
        return ()
    found = FrequentQuestion.objects.filter(question__startswith=typed)
    return tuple(found.values_list("question", flat=True)[:limit])
