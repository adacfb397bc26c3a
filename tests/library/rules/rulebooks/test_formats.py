"""Files of every format: that one text gives one tree, and what becomes of files that are none."""

import os
from pathlib import Path

import pytest

from library.rules.rulebooks.formats import read_file
from library.rules.rulebooks.outline_text import read_outline
from library.rules.rulebooks.tree import NotADocument, places
from tests.library.rules.rulebooks.outlines import outline

ROOT = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("MEMBERSNET_SHARED", ROOT.parent / "shared")) / "rulebooks"
shared = pytest.mark.skipif(not SHARED.exists(), reason="needs the shared rule books")


@pytest.fixture
def read(tmp_path):
    def reading(content: str | bytes, name: str = "rules.md"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_file(path, name=name)

    return reading


# --- real texts ----------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def bylaws():
    folder = SHARED / "four-formats"
    return {
        kind: read_file(folder / f"bylaws.{kind}", name=f"bylaws.{kind}")
        for kind in ("md", "html", "docx")
    }


@shared
def test_html_and_docx_of_one_text_give_the_same_tree(bylaws):
    page, document = bylaws["html"], bylaws["docx"]

    assert [node.as_dict() for node in page.tree] == [node.as_dict() for node in document.tree]
    assert (page.title, page.introduction) == (document.title, document.introduction)
    assert page.warnings == document.warnings == []


@shared
def test_markdown_gives_that_tree_too_but_for_the_article_that_was_amended_since(bylaws):
    """The Markdown is one amendment newer than the others: its Article X has a new committee."""
    trees = {
        kind: [node.as_dict() for node in reading.tree if node.number != "X"]
        for kind, reading in bylaws.items()
    }

    assert trees["md"] == trees["html"]
    assert bylaws["md"].introduction == bylaws["html"].introduction
    assert len(places(bylaws["md"].tree)) == 566
    assert bylaws["md"].warnings == []
    assert {left.reason for left in bylaws["md"].left_out} == {"A setting of the file, not a text."}


@shared
def test_sections_that_begin_paragraphs_of_a_hard_wrapped_text_are_found():
    reading = read_file(SHARED / "psf-bylaws.md", name="psf-bylaws.md")
    found = {place.path: place.node for place in places(reading.tree)}

    assert (reading.warnings, reading.left_out) == ([], [])
    assert [node.number for node in reading.tree[:3]] == ["I", "II", "III"]
    assert found["article-III"].heading == "Meetings of Members"
    assert found["article-III/section-3-10"].heading == "Voting."
    assert found["article-III/section-3-10/4"].text.startswith("by electronic transmission")
    assert found["article-V/section-5-5/section-5-5-1"].number == "5.5.1"


@shared
def test_numbers_with_dots_and_bullets_are_found():
    reading = read_file(SHARED / "cip-bylaws.md", name="cip-bylaws.md")
    found = {place.path: place for place in places(reading.tree)}

    assert (reading.warnings, reading.left_out) == ([], [])
    assert found["article-II/1"].node.heading == "Mission"
    assert found["article-II/2/2"].cited_as == "Article II.2.2"
    assert len(found["article-II/2/2"].node.children) == 5
    assert found["article-III/section-2/1"].node.number == "2.1"


@pytest.mark.parametrize("name", ["rulebook.md", "standing-orders.md"])
def test_the_demonstrations_texts_are_read_the_same_in_both_ways(name):
    path = ROOT / "demo" / "content" / name

    assert read_file(path, name=name) == read_outline(path.read_text(encoding="utf-8"))


# --- any Markdown ---------------------------------------------------------------------------------
def test_markup_goes_and_its_words_stay(read):
    text = """# *The* Rules\n\n## Rule 1: [Be kind](https://example.org "t")\n
1. **Always**, `here` &amp; <u>there</u>.[^a]\n   Even when
   it is hard.\n\n   | Who | When |\n   |---|---|\n   | All | _ever_ |\n\n- a bullet
<!-- not
said -->\n[^a]: In *writing*.\n"""
    reading = read(text)

    assert reading.title == "The Rules"
    assert outline(reading.tree) == [
        "rule 1: Be kind",
        "  provision 1: Always, here & there.[^1] Even when it is hard.",
        "    footnote 1: In writing.",
        "    table: Who | When\nAll | ever",
        "    lead_in: a bullet",
    ]
    assert [left.text for left in reading.left_out] == ["<!-- not said-->"]


def test_fancy_lists_go_on_counting_in_their_own_style(read):
    lists = "B.  two\n#.  three\n    (i) one\n    (#) two\n#.  four\n    #.  decimal\n"

    assert outline(read(f"## Rule 1\n\n{lists}").tree)[1:] == [
        "  provision B: two",
        "  provision C: three",
        "    provision i: one",
        "    provision ii: two",
        "  provision D: four",
        "    provision 1: decimal",
    ]


def test_a_number_in_a_broken_line_is_no_item(read):
    text = "## Rule 1\n\nNo proxy shall be voted or acted upon after a period of three\n(3) years."

    assert outline(read(text).tree)[1:] == [
        "  lead_in: No proxy shall be voted or acted upon after a period of three (3) years."
    ]


# --- files that are odd, or none ------------------------------------------------------------
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_texts_of_other_encodings_are_understood(read, encoding):
    reading = read("## Rule 1: Café\n1. “Quoted” words.\n".encode(encoding))

    assert outline(reading.tree) == ["rule 1: Café", "  provision 1: “Quoted” words."]
    assert bool(reading.warnings) == (encoding == "cp1252")


def test_characters_that_no_text_holds_are_taken_out(read):
    reading = read(b"## Rule 1: Names\n1. The na\x00me of the party.\n")

    assert reading.tree[0].children[0].text == "The name of the party."
    assert reading.warnings == ["1 characters that no text holds were taken out."]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "rules.docx", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "rules.md", "no text and no document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "rules.docx", "locked with a password"),
        (b"PK\x05\x06" + bytes(18), "rules.docx", "no Word document"),
        (b"only words", "rules.pdf", "not what its name says"),
        (b"<html><body><img src=x></body></html>", "rules.html", "holds no text"),
        (b'{"tree": 1}', "rules.json", "JSON has no"),
        (b" " * (20 * 1024**2 + 1), "rules.md", "larger than 20 MB"),
    ],
)
def test_a_file_that_is_no_document_is_refused_in_a_sentence(read, content, name, sentence):
    with pytest.raises(NotADocument, match=sentence):
        read(content, name)


def test_the_format_is_seen_from_the_content_before_the_name(read):
    assert outline(read("<html><h1>Rule 1: A</h1><p>x", "rules.md").tree) == [
        "rule 1: A",
        "  lead_in: x",
    ]


def test_a_long_and_deep_text_is_read_all_the_same(read):
    lines = [f"{' ' * (number % 2_000)}{number % 9 + 1}. words" for number in range(6_000)]

    assert len(places(read("\n".join(["## Rule 1", *lines])).tree)) > 50


# --- in a process of its own ----------------------------------------------------------------
