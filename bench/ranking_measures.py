"""How good a ranking is, against documents that people judged. Pure; as trec_eval counts.

A ranking is a list of ids, best first. The judgements of a question are the grades of documents:
0 or less is not relevant, and what was not judged is not either.
"""

import math
from collections.abc import Mapping, Sequence

Grades = Mapping[str, float]


def ndcg(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """Return the normalised discounted gain of the first `depth`. The gain is the grade itself."""
    best = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    gains = [max(0.0, grades.get(id_, 0.0)) for id_ in ranking[:depth]]
    return _discounted(gains) / _discounted(best[:depth]) if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))


def average_precision(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """Return the mean of the precision at each relevant document found in the first `depth`.

    The mean is over all relevant documents, found or not.
    """
    relevant = relevant_in(grades)
    found, precisions = 0, 0.0
    for place, id_ in enumerate(ranking[:depth], 1):
        if id_ in relevant:
            found += 1
            precisions += found / place
    return precisions / len(relevant) if relevant else 0.0


def recall(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """Return which share of the relevant documents stands in the first `depth`."""
    relevant = relevant_in(grades)
    return len(relevant.intersection(ranking[:depth])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Grades) -> float:
    """Return 1 divided by the place of the first relevant document, 0 without any."""
    relevant = relevant_in(grades)
    return next((1 / place for place, id_ in enumerate(ranking, 1) if id_ in relevant), 0.0)


def relevant_in(grades: Grades) -> set[str]:
    return {id_ for id_, grade in grades.items() if grade > 0}


def percentile(values: Sequence[float], part: float) -> float:
    """Return the least of the values that at least `part` of them do not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * part) - 1)] if ordered else 0.0
