"""Words from a file: all of it or nothing, and a sentence that names the entry."""

import pytest
from django.core.management import CommandError, call_command

from ground.refusals import Refused
from search.actions.vocabulary_import import ImportCounts, import_entries
from search.models import AskedQuestion, VocabularyEntry

pytestmark = pytest.mark.django_db
FILE = """
- words: [CLP, Constituency  Labour Party]
  meaning: "CLP is short for Constituency Labour Party."
  source: "The rule book"
- words: [throw out, remove]
  both_ways: false
"""

DEEP: list = ["a"]
for _depth in range(40):  # written out it would not fit into any memory
    DEEP = [DEEP] * 10


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "words.yaml"
    path.write_text(FILE)
    return path


def rows() -> list[tuple]:
    found = VocabularyEntry.objects.order_by("pk")
    return list(found.values_list("words", "both_ways", "meaning", "source"))


def test_the_words_of_a_file_are_added(file, capsys):
    call_command("search_vocabulary", file)

    clp = "CLP is short for Constituency Labour Party."
    assert rows() == [
        ("CLP\nConstituency Labour Party", True, clp, "The rule book"),
        ("throw out\nremove", False, "", ""),
    ]
    assert capsys.readouterr().out == "2 added, 0 updated, 0 as they were.\n"


def test_a_known_first_form_is_updated_and_nothing_is_deleted(file, capsys):
    VocabularyEntry.objects.create(words="clp\nparty", meaning="Old.")
    VocabularyEntry.objects.create(words="NEC\nexecutive")
    call_command("search_vocabulary", file)
    call_command("search_vocabulary", file)

    assert [row[0] for row in rows()] == [
        "CLP\nConstituency Labour Party",
        "NEC\nexecutive",
        "throw out\nremove",
    ]
    assert capsys.readouterr().out == (
        "1 added, 1 updated, 0 as they were.\n0 added, 0 updated, 2 as they were.\n"
    )


def test_known_entries_can_be_left_as_an_editor_made_them():
    VocabularyEntry.objects.create(words="CLP\nparty", meaning="Ours.")
    done = import_entries(
        [{"words": ["CLP", "x1"]}, {"words": ["a1", "b1"]}], by=None, update=False
    )

    assert done == ImportCounts(added=1, updated=0, unchanged=1)
    assert [row[0] for row in rows()] == ["CLP\nparty", "a1\nb1"]


def test_a_dry_run_says_the_same_and_writes_nothing(file, capsys):
    call_command("search_vocabulary", file, "--dry-run")

    assert rows() == []
    assert capsys.readouterr().out == ("2 added, 0 updated, 0 as they were. Nothing was written.\n")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (None, "The file must be a list of 1 to 2000 entries."),
        ({"words": ["a"]}, "The file must be a list of 1 to 2000 entries."),
        ([], "The file must be a list of 1 to 2000 entries."),
        (["CLP"], "Entry 2 (…): It needs “words”, a list of forms."),
        ([{"words": "CLP, party"}], "Entry 2 (CLP, party): “words” must be a list."),
        ([{"words": ["CLP", 999]}], "Entry 2 (CLP): “999” must be a text of one line:"),
        ([{"words": ["CLP", "a\nb"]}], "Entry 2 (CLP): “a\nb” must be a text of one line:"),
        ([{"words": ["CLP", "b"], "both_ways": "no"}], "Entry 2 (CLP): “both_ways” must be true"),
        ([{"words": ["CLP", "b"], "means": "x"}], "Entry 2 (CLP): It says “means”; an entry says"),
        ([{"words": ["CLP"]}], "Entry 2 (CLP): Write a second form on a line of its own"),
        ([{"words": ["the", "that"]}], "Entry 2 (the): “the” stands in almost every question"),
        ([{"words": ["FIRST", "b"]}, {"words": ["b", "c"]}], "Entry 3 (b): “b” stands in another"),
        ([{"words": []}], "Entry 2 (…): "),
        ([{"words": ["CLP", {"a": [1]}]}], "Entry 2 (CLP): “dict” must be a text of one line:"),
        ([{"words": ["a1", 1 << 99_999]}], "Entry 2 (a1): “a long number” must be a text of"),
        ([{"words": [DEEP]}], "Entry 2 (list): “list” must be a text of one line:"),
        ([{"words": ["CLP", "b"], (1, 2): "x"}], "Entry 2 (CLP): It says “tuple”; an entry"),
        ([{"words": DEEP, "x" * 99: 1}], f"Entry 2 (list): It says “{'x' * 60}”; an entry"),
        ([{"words": {"a": DEEP}}], "Entry 2 (dict): “words” must be a list."),
    ],
)
def test_a_bad_entry_is_named_and_nothing_is_imported(given, reason):
    whole = [{"words": ["first", "second"]}, *given] if given and type(given) is list else given
    with pytest.raises(Refused) as refusal:
        import_entries(whole, by=None)

    assert str(refusal.value).startswith(reason)
    assert rows() == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"- words: [a, b\n- x: [", "is not valid YAML in line 2; nothing was imported."),
        (b"\xff\xfe\x00", "is not a text file in UTF-8; nothing was imported."),
        (b"- !!python/object:os.system x", "is not valid YAML in line 1; nothing was imported."),
        (b"- &a [x]\n- [*a, *a]", "is not valid YAML in line 2; nothing was imported."),
        (b"- words: [a, 2026-02-31]", "is not valid YAML; nothing was imported."),
        (b"[" * 90_000, "is not valid YAML; nothing was imported."),
        (b"#" * 1_100_000, "is larger than 1024 KB; nothing was imported."),
    ],
)
def test_a_file_that_is_no_list_of_words_is_refused_with_a_sentence(tmp_path, content, reason):
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        call_command("search_vocabulary", path)
    assert str(refusal.value) == f"{path} {reason}"


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        call_command("search_vocabulary", tmp_path / "none.yaml")


def test_the_hourly_command_forgets_and_chooses_even_without_an_index(facts, capsys):
    AskedQuestion.objects.create(day="2020-01-01", question="quorum", results=3)
    for time in range(5):
        AskedQuestion.objects.create(day=f"2999-01-0{time + 1}", question="quorum", results=3)
    call_command("search_questions")

    assert AskedQuestion.objects.count() == 5
    assert capsys.readouterr().out == (
        "Searches forgotten: 1. Those offered are as they were: the index cannot be asked just"
        " now.\n"
    )
