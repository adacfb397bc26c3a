"""The measures of a ranking, against values worked out by hand."""

from math import log2

import pytest

from bench.ranking_measures import average_precision, ndcg, percentile, recall, reciprocal_rank

GRADES = {"a": 3.0, "b": 1.0, "c": 2.0, "wrong": 0.0, "worse": -1.0}


def test_the_gain_of_a_document_is_its_grade():
    gained = 1 / log2(2) + 3 / log2(4)
    best = 3 / log2(2) + 2 / log2(3) + 1 / log2(4)

    assert ndcg(["b", "wrong", "a", "unknown"], GRADES, 10) == pytest.approx(gained / best)
    assert ndcg(["b", "wrong", "a"], GRADES, 2) == pytest.approx(1 / (3 / log2(2) + 2 / log2(3)))
    assert ndcg(["a", "c", "b"], GRADES, 10) == pytest.approx(1.0)
    assert ndcg(["worse", "wrong"], GRADES, 10) == 0.0


def test_precision_is_averaged_over_all_relevant_documents():
    assert average_precision(["a", "x", "b"], GRADES, 10) == pytest.approx((1 + 2 / 3) / 3)
    assert average_precision(["x", "a", "b", "c"], GRADES, 3) == pytest.approx((1 / 2 + 2 / 3) / 3)
    assert average_precision(["a", "b", "c"], GRADES, 10) == 1.0


def test_recall_is_the_share_that_was_found():
    assert recall(["a", "x", "b"], GRADES, 10) == pytest.approx(2 / 3)
    assert recall(["a", "x", "b"], GRADES, 2) == pytest.approx(1 / 3)


def test_the_reciprocal_rank_is_that_of_the_first_relevant_document():
    assert reciprocal_rank(["wrong", "x", "c", "a"], GRADES) == pytest.approx(1 / 3)
    assert reciprocal_rank(["wrong", "x"], GRADES) == 0.0


@pytest.mark.parametrize("grades", [{}, {"a": 0.0}])
def test_a_question_without_an_answer_measures_nothing(grades):
    assert (ndcg(["a"], grades, 10), average_precision(["a"], grades, 10)) == (0.0, 0.0)
    assert (recall(["a"], grades, 10), reciprocal_rank(["a"], grades)) == (0.0, 0.0)


def test_a_percentile_is_one_of_the_values():
    times = [float(n) for n in range(1, 101)]

    assert [percentile(times, part) for part in (0.5, 0.95, 0.99, 1.0)] == [50, 95, 99, 100]
    assert percentile([7.0], 0.5) == 7.0
    assert percentile([3.0, 1.0], 0.5) == 1.0
    assert percentile([], 0.95) == 0.0
