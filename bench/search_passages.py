"""The passages and questions that the benchmarks of search share.

Regulators' rule books with judged questions from the shared example files (`../shared`, or where
MEMBERSNET_SHARED points), cut into parts of at most 1,500 characters as sources should; made-up
passages fill up, or stand in for them where they are absent.
"""

import datetime
import json
import os
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from library.citations.grammar import RuleGrammar
from search import citations
from search.engines.document import Document
from search.questions.pieces import SLIGHT_WORDS

ROOT = Path(__file__).resolve().parent.parent
OBLIQA = Path(os.environ.get("MEMBERSNET_SHARED", ROOT.parent / "shared")) / "relevance" / "obliqa"
KINDS = ("rule", "fact", "procedure", "lesson", "film")
LONGEST = 1500  # characters of a document
SYLLABLES = [consonant + vowel for consonant in "bcdfglmnpr" for vowel in "aeio"]
SAMPLED = 5000  # documents from which questions are made

citations.register(RuleGrammar())  # as the site does when it starts


def passages() -> list[tuple[str, str]]:
    """Return the shared passages as (id, text); none where they are absent."""
    found = []
    for file in sorted(OBLIQA.glob("documents/*.json")):
        for passage in json.loads(file.read_text(encoding="utf-8")):
            found.append((f"{passage['DocumentID']}/{passage['PassageID']}", passage["Passage"]))
    return found


def judged() -> list[tuple[str, str, set[str]]]:
    """Return the judged questions as (id, question, ids of the right passages)."""
    file = OBLIQA / "ObliQA_dev.json"
    if not file.exists():
        return []
    return [
        (
            each["QuestionID"],
            each["Question"],
            {f"{passage['DocumentID']}/{passage['PassageID']}" for passage in each["Passages"]},
        )
        for each in json.loads(file.read_text(encoding="utf-8"))
    ]


def parts(text: str) -> Iterator[str]:
    while len(text) > LONGEST:
        cut = max(text.rfind(sign, 0, LONGEST) for sign in ("\n", ". ", " ")) + 1 or LONGEST
        yield text[:cut]
        text = text[cut:]
    yield text


def made_up(chance: random.Random, like: list[str]) -> str:
    """Return a passage of sentences taken from others, or of words that nobody speaks."""
    if like:
        return " ".join(chance.choice(like) for _sentence in range(chance.randint(1, 4)))
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(60)]
    return " ".join(words).capitalize() + "."


def texts() -> Iterator[tuple[str, str]]:
    """Yield the shared passages' parts, then made-up ones for ever, as (id, text)."""
    chance = random.Random(2026)
    held = [(key, part) for key, text in passages() for part in parts(text)]
    yield from held
    sentences = [s for _key, text in held for s in text.split(". ") if 30 < len(s) < 400]
    number = 0
    while True:
        yield f"made/{number}", made_up(chance, sentences)
        number += 1


def documents(count: int) -> Iterator[Document]:
    """Yield so many documents of five kinds: a tenth for editors only, ten or more to a group."""
    groups = max(300, count // 40)
    first_day = datetime.date(2024, 1, 1)
    for number, (key, text) in enumerate(islice(texts(), count)):
        kind = KINDS[number % len(KINDS)]
        yield Document(
            id=f"{key}#{number}",
            key=key,
            kind=kind,
            url=f"/{number}/",
            title=" ".join(text.split()[:6]),
            heading=f"Chapter {1 + number % 20} › Clause {1 + number % 12}",
            body=text,
            citation=f"{1 + number % 20}.I.{number}" if kind == "rule" else "",
            audience=("members",) if number % 10 else ("editors",),
            group=f"group-{number % groups}",
            group_label=f"Group {number % groups}",
            edition=f"Rule book {2024 + number % 3}" if kind == "rule" else "",
            course=f"Course {number % 40}" if kind in ("lesson", "film") else "",
            current=bool(number % 15),
            seconds=float(number % 900) if kind == "film" else None,
            date=first_day + datetime.timedelta(days=number % 1000),
        )


def questions(count: int, rounds: int) -> dict[str, list[str]]:
    """Return questions of each sort, made of words that stand together in some document."""
    chance = random.Random(7)
    held = list(islice(documents(count), SAMPLED))
    if count > SAMPLED:
        held += list(islice(documents(count), 14_000, 14_000 + SAMPLED))

    def words(least: int, most: int) -> list[str]:
        while True:
            text = chance.choice(held).body.split()
            chosen = [w for w in text if w.isalpha() and w.lower() not in SLIGHT_WORDS]
            if len(chosen) >= most:
                start = chance.randrange(len(chosen) - most + 1)
                return chosen[start : start + chance.randint(least, most)]

    def half_typed() -> str:
        *first, last = words(2, 2)
        return " ".join([*first, last[: max(3, len(last) // 2)]])

    def mistyped() -> str:
        chosen = words(2, 3)
        longest = max(range(len(chosen)), key=lambda place: len(chosen[place]))
        word = chosen[longest]
        middle = max(1, len(word) // 2)
        swapped = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
        return " ".join([*chosen[:longest], swapped, *chosen[longest + 1 :]])

    cited = [document.citation for document in held if document.citation]
    return {
        "one word": [words(1, 1)[0] for _ in range(rounds)],
        "two or three words": [" ".join(words(2, 3)) for _ in range(rounds)],
        "half-typed": [half_typed() for _ in range(rounds)],
        "mistyped": [mistyped() for _ in range(rounds)],
        "citation": [chance.choice(cited) for _ in range(rounds)],
        "a phrase": ['"' + " ".join(words(2, 3)) + '"' for _ in range(rounds)],
        "a sentence": [" ".join(words(8, 14)) for _ in range(rounds)],
    }
