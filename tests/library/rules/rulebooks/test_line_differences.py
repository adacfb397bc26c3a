"""Where two outlines differ: by lines, and within a line by words."""

from library.rules.rulebooks.comparison import Stretch
from library.rules.rulebooks.line_differences import line_differences

OLD = "## Chapter 1\n\n1. One.\n2. Two members.\n3. Three."


def test_the_same_text_differs_in_nothing():
    assert line_differences(OLD, OLD) == []


def test_a_changed_line_is_shown_word_by_word_with_its_number():
    (change,) = line_differences(OLD, OLD.replace("Two members", "Two officers"))
    assert change.line == 4
    assert "".join(s.text for s in change.stretches if s.op != "removed") == "2. Two officers."
    assert "".join(s.before for s in change.stretches if s.op != "added") == "2. Two members."


def test_a_line_that_is_only_moved_in_is_shown_whole():
    (change,) = line_differences(OLD, OLD.replace("3. Three.", "  A. Three.").replace("A.", "3."))
    assert change == (5, (Stretch("removed", "3. Three."), Stretch("added", "  3. Three.")))


def test_lines_taken_out_have_no_number_and_empty_lines_are_passed_over():
    assert line_differences(OLD, OLD.replace("2. Two members.\n", "\n\n")) == [
        (None, (Stretch("removed", "2. Two members."),))
    ]
    assert line_differences("", "\na") == [(2, (Stretch("added", "a"),))]
