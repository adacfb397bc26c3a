"""Words that mean the same, put into a question as alternatives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.question import Term
from search.questions import synonyms
from search.questions.parsing import parse
from search.questions.synonyms import NONE, OTHER, SAME, Synonyms, SynonymSet

KNOWN = Synonyms(
    (
        SynonymSet(("CLP", "Constituency Labour Party", "local party")),
        SynonymSet(("LGC/LCF", "Local Government Committee")),
        SynonymSet(("Gen Sec", "General Secretary")),
        SynonymSet(("GM", "general meeting")),
        SynonymSet(("AGM", "annual general meeting")),
        SynonymSet(("MP", "Member of Parliament")),
        SynonymSet(("café", "tea room")),
        SynonymSet(("IT", "computers")),
        SynonymSet(("delete", "remove", "take down"), both_ways=False),
        SynonymSet(("remove", "erase"), both_ways=False),
    )
)


def asked(text: str, synonyms: Synonyms = KNOWN) -> list[list[str]]:
    """The words wanted, what means the same after them."""
    return [[term.text for term in clause] for clause in parse(text, synonyms).clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CLP", [["CLP", "CLPs", "Constituency Labour Party", "local party"]]),
        ("clp", [["clp", "CLPs", "Constituency Labour Party", "local party"]]),
        ("CLPs", [["CLPs", "CLP", "Constituency Labour Party", "local party"]]),
        ("CLP's", [["CLP's", "CLP", "Constituency Labour Party", "local party"]]),
        ("C.L.P.", [["CLP", "C.L.P", "CLPs", "Constituency Labour Party", "local party"]]),
        ("local parties", [["local", "CLP", "CLPs", "Constituency Labour Party"],
                           ["parties", "CLP", "CLPs", "Constituency Labour Party"]]),
        ("gen sec", [["gen", "General Secretary"], ["sec", "General Secretary"]]),
        ("Gen. Sec.", [["Gen", "General Secretary"], ["Sec", "General Secretary"]]),
        ("lcf", [["lcf", "LGC", "LGCs", "LCFs", "Local Government Committee"]]),
        ("cafe", [["cafe", "tea room"]]),
        ("CAFÉ", [["CAFÉ", "tea room"]]),
        # the longest form counts, and words that only say how it is asked stay out
        ("annual general meeting", [["annual", "AGM"], ["general", "AGM"], ["meeting", "AGM"]]),
        ("general meetings", [["general", "GM", "GMs"], ["meetings", "GM", "GMs"]]),
        ("member of parliament", [["member", "MP", "MPs"], ["parliament", "MP", "MPs"]]),
        # a word that is another in small letters
        ("is it allowed", [["allowed"]]),
        ("IT officer", [["IT", "computers"], ["officer"]]),
        # one way only
        ("delete", [["delete", "remove", "take down"]]),
        ("take down", [["take"], ["down"]]),
        # several at once, and alternatives
        ("clp agm", [["clp", "CLPs", "Constituency Labour Party", "local party"],
                     ["agm", "annual general meeting"]]),
        ("GM OR picnic", [["GM", "GMs", "general meeting", "picnic"]]),
        ("general OR meeting", [["general", "meeting"]]),
        # nothing known of it
        ("general election", [["general"], ["election"]]),
        ("U.K.", [["UK", "U.K"]]),
    ],
)  # fmt: skip
def test_a_form_finds_the_other_forms(text, expected):
    assert asked(text) == expected


def test_of_several_sets_with_one_form_all_count():
    assert asked("remove") == [["remove", "erase"]]
    both = Synonyms((SynonymSet(("GM", "general meeting")), SynonymSet(("GM", "mutant"))))
    assert asked("gm", both) == [["gm", "GMs", "general meeting", "mutant"]]


def test_what_was_typed_counts_whole_and_the_rest_less():
    (clause,) = parse("CLPs", KNOWN).clauses

    assert [term.weight for term in clause] == [1.0, SAME, OTHER, OTHER]
    assert not any(term.exact for term in clause)


def test_a_form_of_several_words_shares_the_weight_of_another_between_them():
    clauses = parse("annual general meeting", KNOWN).clauses

    assert [clause[1] for clause in clauses] == [Term("AGM", weight=OTHER / 3)] * 3


@pytest.mark.parametrize("text", ['"CLP"', '"annual general meeting"', '"local party'[:-1] + '"'])
def test_nothing_is_put_beside_a_phrase(text):
    assert parse(text, KNOWN) == parse(text)


def test_an_exclusion_excludes_what_was_typed_and_no_more():
    question = parse("rules -CLP -N.E.C.", KNOWN)

    assert asked("rules -CLP") == [["rules"]]
    assert question.excluded == (Term("CLP"), Term("NEC"), Term("N.E.C", exact=True))


def test_words_parted_by_an_exclusion_or_a_phrase_are_no_form():
    assert asked("local -big party") == [["local"], ["party"]]
    assert asked('general "annual" meeting') == [["general"], ["annual"], ["meeting"]]


def test_the_words_of_a_citation_that_is_not_there_have_synonyms_too():
    literal = parse("GM 7.VIII", KNOWN).literal

    assert [term.text for term in literal[0]] == ["GM", "GMs", "general meeting"]


@pytest.mark.parametrize(
    "sets", [(), (SynonymSet(()),), (SynonymSet(("", "/", "-")),), (SynonymSet(("one",)),)]
)
def test_sets_that_say_nothing_change_nothing(sets):
    assert parse("one or two / -", Synonyms(sets)) == parse("one or two / -")


def test_there_are_never_too_many_alternatives():
    many = Synonyms((SynonymSet(tuple(f"form{n}" for n in range(100))),))

    assert len(parse("form7", many).clauses[0]) == 13


words = st.sampled_from(["clp", "GM", "general", "meeting", "local", "party", "annual", "of", "it"])


@given(st.lists(words, max_size=8), st.lists(st.lists(words, min_size=1, max_size=3), max_size=6))
def test_synonyms_only_ever_add_alternatives(typed, forms):
    text = " ".join(typed)
    known = Synonyms((SynonymSet(tuple(" ".join(form) for form in forms)),))

    plain, with_others = parse(text), parse(text, known)

    assert {clause[0] for clause in plain.clauses} <= {clause[0] for clause in with_others.clauses}
    assert all(0 < term.weight < 1 for clause in with_others.clauses for term in clause[1:])
    assert with_others.excluded == plain.excluded
    assert parse(text, NONE) == plain


def test_sets_are_made_ready_once_for_all_questions(monkeypatch):
    made_ready = []

    def counted(known: SynonymSet):
        made_ready.append(known)
        return forms_of(known)

    forms_of = synonyms._forms
    monkeypatch.setattr(synonyms, "_forms", counted)
    many = Synonyms(tuple(SynonymSet((f"W{n}X", f"word{n} of thing{n}")) for n in range(800)))
    for _question in range(3):
        parse("how do we remove a word5 of thing5 of the W6X", many)

    assert len(made_ready) == 800
