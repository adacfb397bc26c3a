"""`import_rules` makes a draft edition from a file, or says in one sentence why not."""

import json

import pytest
from django.core.management import CommandError, call_command

from library.rules.models import Edition, Work
from library.rules.rulebooks.formats import read_file
from tests.factories.library import BOOK, make_edition, make_work

DOUBTS = [  # of the book's numbers, of which some are left out
    "Please check. Line 11: “7” follows “4”: something may be missing between them.",
    "Please check. Line 17: “VIII” follows “IV”: something may be missing between them.",
    "Please check. Line 22: “3” follows “1”: something may be missing between them.",
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "rules.md"
    path.write_text(BOOK, encoding="utf-8")
    return path


def run(capsys, file, *more: str, work="sample", edition="Autumn 2026", in_force="2026-12-01"):
    call_command(
        "import_rules", file, "--work", work, "--edition", edition, "--in-force", in_force, *more
    )
    return capsys.readouterr().out


def test_a_file_becomes_a_draft_edition_of_the_work(db, capsys, file):
    make_work()

    out = run(capsys, file)

    edition = Edition.objects.get()
    assert (edition.label, edition.status) == ("Autumn 2026", "draft")
    assert str(edition.in_force_from) == "2026-12-01"
    assert edition.introduction == "An introduction to the rules."
    assert edition.provisions.count() == 15
    assert out.splitlines() == [
        "Book of Rules: appendix: 1, chapter: 2, clause: 3, lead-in: 1, provision: 8",
        *DOUBTS,
        "A draft was made; publish it in the admin.",
    ]
    assert edition.made_by.file_name == "rules.md"
    assert edition.made_by.source[0]["text"] == "Book of Rules"
    assert edition.made_by.warnings == [doubt.removeprefix("Please check. ") for doubt in DOUBTS]


def test_a_dry_run_reads_reports_and_writes_nothing_and_needs_no_work(db, capsys, file):
    file.write_text(f"{BOOK}---\n1. Argue again.\n", encoding="utf-8")

    out = run(capsys, file, "--dry-run")

    assert out.splitlines()[1:] == [
        "Left out, line 30: --- (A dividing line or a comment, not a text.)",
        *DOUBTS,
        "Please check. Line 31: “1” occurs twice here; this one got the address appendix-1/1-2.",
        "Nothing was written.",
    ]
    assert not Edition.objects.exists()


def test_as_json_it_prints_all_that_was_read(db, capsys, file):
    make_work()

    printed = json.loads(run(capsys, file, "--json"))

    assert printed == read_file(file, name=file.name).as_dict()
    assert list(printed) == ["title", "introduction", "tree", "left_out", "warnings"]
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x01\x02\x00\x01\x02", "is no text and no document"),
        (b"Only a few words.", "has no chapter and no numbered provision"),
        (b"", "“rules.md” is empty"),
    ],
)
def test_a_file_that_is_no_rule_book_is_refused_plainly(db, capsys, file, content, message):
    make_work()
    file.write_bytes(content)

    with pytest.raises(CommandError, match=message):
        run(capsys, file)
    assert not Edition.objects.exists()


def test_a_page_is_read_like_the_markdown(db, capsys, tmp_path):
    page = tmp_path / "rules.html"
    page.write_text("<h1>Chapter 1 — Names</h1><ol type=A><li>One.</ol>", encoding="utf-8")

    printed = json.loads(run(capsys, page, "--dry-run", "--json"))

    (chapter,) = printed["tree"]
    assert (chapter["kind"], chapter["children"][0]["number"]) == ("chapter", "A")


def test_a_file_that_is_not_there_is_named(db, capsys, tmp_path):
    with pytest.raises(CommandError, match=r"“none\.md” cannot be read: No such file"):
        run(capsys, tmp_path / "none.md")


def test_a_date_that_is_none_is_refused(db, capsys, file):
    with pytest.raises(CommandError, match="“1 May” is not a date; write it as 2026-01-31"):
        run(capsys, file, in_force="1 May")


def test_an_unknown_work_is_refused_with_those_there_are(db, capsys, file):
    make_work("sample")

    with pytest.raises(CommandError, match=r"no work “smaple”.*Works there are: sample"):
        run(capsys, file, work="smaple")
    assert Work.objects.count() == 1


def test_a_published_edition_is_kept(db, capsys, file):
    make_edition(make_work(), label="Autumn 2026")

    with pytest.raises(CommandError, match="published already and was kept"):
        run(capsys, file)
