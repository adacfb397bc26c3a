"""Which provision follows which: proposed from words, numbers and order, and never forked."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.rules.rulebooks import lineage
from library.rules.rulebooks.lineage import Match, Passage, propose

WORDS = [
    *("member", "branch", "officer", "meeting", "quorum", "ballot", "treasurer", "minutes"),
    *("secretary", "appeal", "notice", "panel", "conduct", "complaint", "delegate", "group"),
    *("conference", "subscription", "region", "council", "moderator", "evidence"),
]


@dataclass
class Rule:
    """A provision as a test changes it; `name` is what it really is, whatever its words say."""

    name: int
    number: str
    text: str
    heading: str = ""
    kind: str = "provision"
    below: list["Rule"] = field(default_factory=list)


def passages(rules: list[Rule]) -> tuple[list[Passage], list[int]]:
    """Return a book's provisions in reading order, and the name of each."""
    found, names = [], []

    def add(rule: Rule, parent: int | None) -> None:
        found.append(
            Passage(rule.kind, rule.number, rule.heading, rule.text, parent, lineage=rule.name)
        )
        names.append(rule.name)
        place = len(found) - 1
        for below in rule.below:
            add(below, place)

    for rule in rules:
        add(rule, None)
    return found, names


def sentence(seed: int, length: int = 14) -> str:
    """Return a sentence that no other seed has."""
    chosen = [WORDS[(seed * 7 + place * (seed % 5 + 1)) % len(WORDS)] for place in range(length)]
    return f"The {' '.join(chosen)} of matter{seed} and point{seed * 31}."


def book(chapters: int = 2, clauses: int = 2, provisions: int = 3) -> list[Rule]:
    tree, name = [], 0
    for chapter in range(chapters):
        name += 1
        top = Rule(name, str(chapter + 1), "", f"Chapter about matter{name}", "chapter")
        for clause in range(clauses):
            name += 1
            middle = Rule(name, "I" * (clause + 1), "", f"Clause on point{name}", "clause")
            for number in range(provisions):
                name += 1
                middle.below.append(Rule(name, str(number + 1), sentence(name)))
            top.below.append(middle)
        tree.append(top)
    return tree


def followed(old: list[Rule], new: list[Rule]) -> dict[int, int]:
    """Return, by the new provision's name, the name of the old one whose lineage it keeps."""
    before, old_names = passages(old)
    after, new_names = passages(new)
    return {
        new_names[match.new]: old_names[match.old]
        for match in propose(before, after)
        if match.keeps
    }


def test_the_same_text_under_the_same_number_is_sure():
    before, _names = passages(book())

    matches = propose(before, before)

    assert matches == [Match(place, place, 1.0, sure=True) for place in range(len(before))]


def test_a_text_set_with_other_quotes_and_dashes_is_the_same_and_sure():
    old, new = book(), book()
    old[0].below[0].below[1].text = 'A member\'s "ballot" - cast twice - is void.'
    new[0].below[0].below[1].text = "A member’s “ballot” – cast\u00a0twice – is void."

    matches = propose(passages(old)[0], passages(new)[0])

    assert Match(3, 3, 1.0, sure=True) in matches


def test_a_reworded_provision_is_proposed_with_its_likeness():
    old, new = book(), book()
    new[0].below[0].below[1].text = old[0].below[0].below[1].text.replace("The", "Every other")

    before, after = passages(old)[0], passages(new)[0]
    doubtful = [match for match in propose(before, after) if not match.sure]

    assert [(match.old, match.new) for match in doubtful] == [(3, 3)]
    assert 0.8 < doubtful[0].likeness < 1


def test_a_clause_that_moved_to_another_number_takes_its_provisions_with_it():
    old, new = book(), book()
    clause = new[0].below.pop(0)
    clause.number = "IX"
    new[1].below.append(clause)

    assert followed(old, new) == {rule: rule for rule in followed(old, old)}
    matches = propose(passages(old)[0], passages(new)[0])
    clause_itself = next(match for match in matches if match.old == 1)
    assert (clause_itself.sure, clause_itself.likeness) == (False, 1.0)
    assert sum(not match.sure for match in matches) == 1  # what stands below it is the same


def test_what_has_no_words_of_its_own_follows_what_holds_the_same():
    old = [Rule(1, "1", "", below=[Rule(2, "A", sentence(2)), Rule(3, "B", sentence(3))])]
    new = [
        Rule(9, "1", "", below=[Rule(8, "A", sentence(80))]),
        Rule(1, "2", "", below=[Rule(2, "A", sentence(2)), Rule(3, "B", sentence(3))]),
    ]

    assert followed(old, new) == {1: 1, 2: 2, 3: 3}


def test_an_unlike_text_under_an_old_number_follows_nothing():
    old, new = book(1, 1, 3), book(1, 1, 3)
    new[0].below[0].below[1].text = "Nothing here was ever said before by anybody at all."

    assert set(followed(old, new)) == {1, 2, 3, 5}


def test_of_a_provision_split_in_two_one_goes_on_and_the_other_says_where_it_comes_from():
    first, second = sentence(50, 16), sentence(60, 12)
    old = [Rule(1, "1", f"{first} {second}"), Rule(2, "2", sentence(2))]
    new = [Rule(1, "1", first), Rule(7, "2", second), Rule(2, "3", sentence(2))]

    matches = propose(passages(old)[0], passages(new)[0])

    assert [(match.old, match.new, match.keeps) for match in matches] == [
        (0, 0, True),
        (0, 1, False),
        (1, 2, True),
    ]


def test_of_two_provisions_joined_one_goes_on_and_the_other_is_taken_in():
    first, second = sentence(50, 16), sentence(60, 12)
    old = [Rule(1, "1", first), Rule(2, "2", second), Rule(3, "3", sentence(3))]
    new = [Rule(1, "1", f"{first} {second}"), Rule(3, "2", sentence(3))]

    matches = propose(passages(old)[0], passages(new)[0])

    assert [(match.old, match.new, match.keeps, match.absorbed) for match in matches] == [
        (0, 0, True, False),
        (1, 0, False, True),
        (2, 1, True, False),
    ]


@st.composite
def edited(draw) -> list[Rule]:
    """A book after some edits of every kind."""
    rules = book()
    edits = st.sampled_from(["reorder", "renumber", "reword", "delete", "insert", "split", "blank"])
    for count, edit in enumerate(draw(st.lists(edits, max_size=8))):
        parents = [rules, *(top.below for top in rules)]
        parents += [clause.below for top in rules for clause in top.below]
        siblings = draw(st.sampled_from([each for each in parents if each] or [rules]))
        if not siblings:
            continue
        place = draw(st.integers(0, len(siblings) - 1))
        one = siblings[place]
        match edit:
            case "reorder":
                siblings.insert(draw(st.integers(0, len(siblings) - 1)), siblings.pop(place))
            case "renumber":
                one.number = draw(st.sampled_from(["1", "2", "9", "X", ""]))
            case "reword":
                one.text = draw(st.sampled_from(["Repealed.", one.text + " Or not.", sentence(99)]))
            case "delete":
                siblings.pop(place)
            case "insert":
                siblings.insert(place, Rule(1000 + count, "3", sentence(500 + count)))
            case "split":
                words = one.text.split()
                half = len(words) // 2
                one.text = " ".join(words[:half])
                siblings.insert(place + 1, Rule(2000 + count, "4", " ".join(words[half:])))
            case "blank":
                one.text = one.heading = ""
    return rules


@settings(max_examples=60, deadline=None)
@given(edited(), edited())
def test_lineage_never_forks_whatever_was_edited(old, new):
    before, after = passages(old)[0], passages(new)[0]

    matches = propose(before, after)

    keeping = [match for match in matches if match.keeps]
    assert len({match.old for match in keeping}) == len(keeping)
    assert len({match.new for match in keeping}) == len(keeping)
    kept_old, kept_new = {m.old for m in keeping}, {m.new for m in keeping}
    for match in matches:
        assert 0 <= match.likeness <= 1
        if not match.keeps:  # a part: what it comes from or goes into has a lineage that goes on
            assert not match.sure
            assert (match.new in kept_new) == match.absorbed
            assert (match.old in kept_old) != match.absorbed
        if match.sure:
            assert before[match.old][:4] == after[match.new][:4]


@pytest.mark.parametrize("shift", [0, 1])
def test_three_thousand_provisions_are_each_compared_with_few_others(shift, monkeypatch):
    old, new = book(20, 10, 14), book(20, 10, 14)
    for chapter in new:
        for number, clause in enumerate(chapter.below[::3]):
            clause.number = f"{clause.number}{number + shift}"
            clause.below[0].text = clause.below[0].text.replace("The", "Each")
    compared = []
    likeness = lineage._Proposal._likeness

    def noted(proposal, before, after):
        compared.append((before, after))
        return likeness(proposal, before, after)

    monkeypatch.setattr(lineage._Proposal, "_likeness", noted)

    assert len(propose(passages(old)[0], passages(new)[0])) == 3020
    assert len(compared) <= 1_000  # of nine million pairs
