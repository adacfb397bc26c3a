"""Two editions compared: nothing is left out, nothing told twice, no letter of a text is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.rules.rulebooks.comparison import KINDS, Pair, Stretch, compare, words
from library.rules.rulebooks.lineage import Passage

from .test_lineage import Rule, book, edited, passages


def told(old: list[Rule], new: list[Rule]) -> dict[int, tuple[str, ...]]:
    """Return what is told of each provision by its name, of those alone that changed."""
    before, after = passages(old)[0], passages(new)[0]
    sides = ((pair, before, after) for pair in compare(before, after))
    return {
        (after[pair.new] if pair.new is not None else before[pair.old]).lineage: pair.kinds
        for pair, before, after in sides
        if pair.kinds
    }


def test_nothing_is_told_of_two_editions_that_are_the_same():
    assert told(book(), book()) == {}


def test_new_removed_renumbered_reworded_and_moved_are_told_apart():
    old, new = book(), book()
    clause = new[0].below[0].below
    clause[0].text += " And more."
    clause.pop(1)
    clause[1].number = "2"
    clause.append(Rule(77, "3", "Something new."))
    new[1].below.insert(0, new[0].below.pop(1))

    assert told(old, new) == {
        3: ("reworded",),
        4: ("removed",),
        5: ("renumbered",),
        77: ("new",),
        6: ("moved",),  # the clause alone: what stands below it stands below it still
    }


def test_of_three_in_another_order_only_the_one_that_moved_is_told():
    old, new = book(1, 1, 4), book(1, 1, 4)
    new[0].below[0].below.append(new[0].below[0].below.pop(0))

    assert told(old, new) == {3: ("moved",)}


def test_what_was_removed_stands_after_what_it_followed():
    old, new = book(1, 1, 4), book(1, 1, 4)
    del new[0].below[0].below[1:3]
    before, after = passages(old)[0], passages(new)[0]

    assert [(pair.old, pair.new) for pair in compare(before, after)] == [
        (0, 0),
        (1, 1),
        (2, 2),
        (3, None),
        (4, None),
        (5, 3),
    ]


def test_what_stood_below_something_removed_is_told_where_it_went():
    old, new = book(1, 2, 2), book(1, 2, 2)
    removed = new[0].below.pop(0)
    new.append(removed.below[1])
    before, after = passages(old)[0], passages(new)[0]

    found = compare(before, after)

    assert Pair(3, 4, ("moved",)) in found
    assert {pair.old for pair in found if pair.kinds == ("removed",)} == {1, 2}


@settings(max_examples=60, deadline=None)
@given(edited(), edited())
def test_every_provision_of_both_editions_is_told_exactly_once(old, new):
    before, after = unique(passages(old)[0]), unique(passages(new)[0])

    pairs = compare(before, after)

    assert sorted(pair.old for pair in pairs if pair.old is not None) == [*range(len(before))]
    assert sorted(pair.new for pair in pairs if pair.new is not None) == [*range(len(after))]
    news = [pair.new for pair in pairs if pair.new is not None]
    assert news == sorted(news)
    for pair in pairs:
        assert set(pair.kinds) <= set(KINDS)
        if pair.old is not None and pair.new is not None:
            one, other = before[pair.old], after[pair.new]
            assert one.lineage == other.lineage
            assert ("reworded" in pair.kinds) == (one.content != other.content)


def unique(rules: list[Passage]) -> list[Passage]:
    """Return provisions of which no two have one lineage, as no edition ever has."""
    names = [rule.lineage for rule in rules]
    return [
        rule if names.index(rule.lineage) == place else rule._replace(lineage=-place)
        for place, rule in enumerate(rules)
    ]


# --- words -----------------------------------------------------------------------------------
def test_only_the_words_that_differ_are_told():
    assert words("The quorum is ten members.", "The quorum is twelve members, or more.") == (
        Stretch("same", "The quorum is "),
        Stretch("removed", "ten "),
        Stretch("added", "twelve "),
        Stretch("same", "members"),
        Stretch("added", ", or more"),
        Stretch("same", "."),
    )


def test_a_lone_small_word_between_two_changes_goes_with_them():
    assert words("held by a branch yearly on request", "held in a region yearly on request") == (
        Stretch("same", "held "),
        Stretch("removed", "by a branch "),
        Stretch("added", "in a region "),
        Stretch("same", "yearly on request"),
    )


def test_other_quotes_dashes_and_spaces_are_no_other_words():
    plain, set_ = 'A member\'s "log" - of 2 pages.', "A member’s “log” – of 2\u00a0pages."
    old, new = book(), book()
    old[0].below[0].below[0].text, new[0].below[0].below[0].text = plain, set_

    assert told(old, new) == {}
    assert words(plain, set_) == (Stretch("same", set_, plain),)
    assert words("A member's log.", "A member’s diary.") == (
        Stretch("same", "A member’s ", "A member's "),
        Stretch("removed", "log"),
        Stretch("added", "diary"),
        Stretch("same", "."),
    )


def test_texts_with_little_in_common_are_set_against_each_other():
    assert words("One is enough.", "Nobody may vote by letter") == (
        Stretch("removed", "One is enough."),
        Stretch("added", "Nobody may vote by letter"),
    )


@pytest.mark.parametrize(("old", "new"), [("", ""), ("", "New."), ("Old.", ""), ("Same.", "Same.")])
def test_empty_and_equal_texts(old, new):
    assert_whole(old, new)


TEXTS = st.text(st.sampled_from('ab c.\n\u00a0“"é1'), max_size=60) | st.text(max_size=40)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_both_texts_come_out_again_to_the_last_character(old, new):
    assert_whole(old, new)


def assert_whole(old: str, new: str) -> None:
    stretches = words(old, new)
    assert "".join(each.before for each in stretches if each.op != "added") == old
    assert "".join(each.text for each in stretches if each.op != "removed") == new
    assert all(each.text for each in stretches)
