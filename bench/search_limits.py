"""What the parts of search that meet any text at all take for the texts that cost them most.

    .venv/bin/python -m bench.search_limits

Milliseconds of the processor, the best of five. What is promised stands in bench/nightly.py.
"""

import time
from collections.abc import Callable

from library.citations.grammar import RuleGrammar
from search.citations import register
from search.engines.document import Document
from search.engines.grouping import highlights_for
from search.engines.highlighting import Marked, passage
from search.engines.question import Reach
from search.engines.results import Hit, Results
from search.questions.parsing import parse
from search.questions.spelling import respelt
from search.questions.synonyms import Synonyms, SynonymSet

ROUNDS = 5
HOSTILE = ["7.", "6.I.1-", "a.b.", "clause I, ", '" - ', "x\u0301", "Chapter 7 Clause ", "IV "]


def milliseconds(work: Callable[[], object]) -> float:
    """Return what the work takes of the processor, the best of some rounds."""
    taken = []
    for _round in range(ROUNDS):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1000)
    return min(taken)


def hostile_question() -> float:
    return max(milliseconds(lambda text=text: parse(text * 10_000)) for text in HOSTILE)


def long_text() -> float:
    body = "Remove a comment, and remove it again, from the rule book of rules. " * 450
    marks = highlights_for(parse("remove comment rule book again"), Reach.WORDS)
    return milliseconds(lambda: passage(body, marks))


def misspelt_question() -> float:
    body = " ".join(f"word{n} moderation{n} comment" for n in range(300))
    found = Results(
        total=20, hits=tuple(hit(f"{n} {body}") for n in range(20)), reach=Reach.FORGIVING
    )
    question = parse("modderater of comemnt and anotherr lonngish wordd")
    return milliseconds(lambda: respelt(question, found))


def hit(body: str) -> Hit:
    document = Document("1", "1", "rule", "/", "", body=body, audience=("anyone",))
    return Hit(document, 1.0, Marked(""), Marked(""), Marked(""))


def many_synonyms() -> Synonyms:
    forms = ((f"W{n}X", f"word{n} of thing{n}", f"third form {n}") for n in range(800))
    return Synonyms(tuple(map(SynonymSet, forms)))


def first_question_with_synonyms() -> float:
    return milliseconds(lambda: parse("warm up", many_synonyms()))


def question_with_synonyms() -> float:
    many = many_synonyms()
    parse("warm up", many)
    asked = "how do we remove a word5 of thing5 of the W6X or third form 7"
    return milliseconds(lambda: [parse(asked, many) for _time in range(100)]) / 100


def main() -> None:
    register(RuleGrammar())  # as the site does when it starts
    for name, measured in (
        ("a hostile question of 10,000 pieces", hostile_question),
        ("the best passage of 30,000 characters", long_text),
        ("a misspelt question over twenty long hits", misspelt_question),
        ("the first question with 800 synonym sets", first_question_with_synonyms),
        ("each further question with 800 synonym sets", question_with_synonyms),
    ):
        print(f"{name}: {measured():.2f} ms", flush=True)


if __name__ == "__main__":
    main()
