"""Says how well judged questions are answered: what stands where, and what should."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FEW = 5  # among so many an answer is found without looking for it


@dataclass(frozen=True)
class Judged:
    """A question, the names of its answers, and whether all of them are asked for."""

    kind: str
    q: str
    answers: tuple[str, ...]
    all: bool = False
    held_out: bool = False


@dataclass(frozen=True)
class Shown:
    """One thing on the page: its name, and for a film the second at which its words begin.

    What stands `aside` is the meaning of a word with the rule that says so, above the results: it
    may be the answer, and takes no place among them.
    """

    name: str
    second: float | None = None
    aside: bool = False

    def __str__(self) -> str:
        return self.name if self.second is None else f"{self.name} {self.second:.1f}"


def is_answer(shown: Shown, answer: str) -> bool:
    """Say whether what is shown is this answer: "rule 7.VI.2", "film keeping-a-record 60-68"."""
    if not answer.startswith("film "):
        return shown.name == answer
    name, _, window = answer.rpartition(" ")
    first, last = map(float, window.split("-"))
    return shown.name == name and shown.second is not None and first <= shown.second <= last


def place(question: Judged, shown: Sequence[Shown]) -> int | None:
    """Return the place, from 1 on, of the first answer; None where there is none.

    Where all answers are asked for it is how many other things stand before the last of them, and
    one more.
    """
    results = [one for one in shown if not one.aside]
    places = [
        next((n for n, one in enumerate(results, start=1) if is_answer(one, answer)), None)
        for answer in question.answers
    ]
    found = [number for number in places if number is not None]
    if question.all:
        return max(found) - len(found) + 1 if len(found) == len(places) else None
    if any(one.aside and is_answer(one, answer) for one in shown for answer in question.answers):
        return 1
    return min(found, default=None)


@dataclass(frozen=True)
class Measured:
    """How many of so many questions have an answer first, and among the first five."""

    asked: int
    first: int
    among_few: int

    @property
    def success_at_1(self) -> float:
        return self.first / self.asked

    @property
    def success_at_5(self) -> float:
        return self.among_few / self.asked

    def __str__(self) -> str:
        return f"{self.asked:4} asked, {self.success_at_1:.3f} first, {self.success_at_5:.3f} in 5"


Answered = dict[Judged, tuple[Shown, ...]]


def measured(answered: Answered) -> Measured:
    places = [place(question, shown) for question, shown in answered.items()]
    among = [number for number in places if number is not None and number <= FEW]
    return Measured(len(places), among.count(1), len(among))


def taught(answered: Answered) -> Answered:
    """Return the questions without those that are held out."""
    return {question: shown for question, shown in answered.items() if not question.held_out}


def report(answered: Answered) -> str:
    """Return the figures by kind of question, and every question whose answer is not first."""
    kinds: dict[str, Answered] = defaultdict(dict)
    for question, shown in answered.items():
        kinds["held out" if question.held_out else question.kind][question] = shown
    kinds["all but held out"] = taught(answered)
    kinds["all"] = answered
    figures = [f"{kind:18} {measured(part)}" for kind, part in kinds.items()]
    return "\n".join(["", *figures, "", *_misses(answered)])


def _misses(answered: Answered) -> Iterator[str]:
    for question, shown in answered.items():
        at = place(question, shown)
        if at != 1:
            wanted = ", ".join(question.answers[:3])
            instead = ", ".join(map(str, shown[:3])) or "nothing"
            yield f"{at or '–':>3}  {question.q}  [{wanted}]  {instead}"
