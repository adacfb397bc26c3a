"""Documents, questions and judgements in three files, for measuring a search."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.ranking_measures import relevant_in
from search.engines.document import Document

ANYONE = "anyone"


class BadFile(Exception):
    """A file does not say what it should; the message names the file and the line."""


@dataclass(frozen=True)
class Judged:
    """Documents, questions, and which documents answer which: grades by question and document."""

    documents: list[Document]
    questions: dict[str, str]
    grades: dict[str, dict[str, float]]


def read_judged(documents: Path, questions: Path, grades: Path) -> Judged:
    """Read the three files. Raises `BadFile` in one line."""
    held = list(_documents(documents))
    asked = dict(_questions(questions))
    judged = _grades(grades, asked)
    if not any(relevant_in(each) for each in judged.values()):
        raise BadFile(f"{grades} calls no document relevant.")
    return Judged(held, asked, judged)


def _documents(file: Path) -> Iterator[Document]:
    for said in _objects(file, ("id", "title", "text")):
        yield Document(
            id=said["id"],
            key=said["id"],
            kind="document",
            url="",
            title=said["title"],
            body=said["text"],
            audience=(ANYONE,),
        )


def _questions(file: Path) -> Iterator[tuple[str, str]]:
    for said in _objects(file, ("id", "text")):
        yield said["id"], said["text"]


def _objects(file: Path, names: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the objects of a file, one a line, that must hold these texts; each id once."""
    seen: set[str] = set()
    for number, line in _lines(file):
        try:
            said: Any = json.loads(line)
            texts = {name: _text(said[name]) for name in names}
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            wanted = ", ".join(f"“{name}”" for name in names)
            raise BadFile(f"{file}, line {number}: no object with the texts {wanted}.") from error
        if texts["id"] in seen:
            raise BadFile(f"{file}, line {number}: {texts['id']!r} stands there a second time.")
        seen.add(texts["id"])
        yield texts


def _text(value: Any) -> str:
    """Return a text, or a whole number as one. Raises TypeError for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise TypeError(value)
    value.encode("utf-8")  # half of a surrogate pair is no text; raises a ValueError
    return value


def _grades(file: Path, asked: Collection[str]) -> dict[str, dict[str, float]]:
    judged: dict[str, dict[str, float]] = {}
    for number, line in _lines(file):
        try:
            question, document, grade = line.split("\t")
            worth = float(int(grade))
        except ValueError as error:
            says = "question, document and a whole number, with tabs between"
            raise BadFile(f"{file}, line {number}: it should say {says}.") from error
        if question not in asked:
            raise BadFile(f"{file}, line {number}: there is no question {question!r}.")
        if document in judged.setdefault(question, {}):
            raise BadFile(f"{file}, line {number}: {document!r} is judged a second time.")
        judged[question][document] = worth
    return judged


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers. Raises `BadFile` without any."""
    number, said = 0, False
    try:
        with file.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    said = True
                    yield number, line.rstrip("\r\n")
    except OSError as error:
        raise BadFile(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{file}, after line {number}: this is not UTF-8.") from error
    if not said:
        raise BadFile(f"{file} is empty.")
