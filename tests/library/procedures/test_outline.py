"""A procedure's paragraphs are numbered once, and read the same everywhere."""

from hypothesis import given, settings
from hypothesis import strategies as st

from library.procedures.outline import (
    Kind,
    Quotation,
    Span,
    blanks,
    changed_paragraphs,
    filled,
    outline,
    quoted,
    runs,
    sections,
    spans_of,
    text_of,
)


def test_paragraphs_count_on_below_their_section_across_what_stands_between():
    lines = outline(
        [
            ("numbered", ["Before any section."]),
            ("section", "One"),
            ("numbered", ["First.", "Second."]),
            ("rule", {"work": "sample", "citation": "7.IV.1"}),
            ("numbered", ["Third."]),
            ("section", "Two"),
            ("numbered", ["Again."]),
        ]
    )

    assert text_of(lines).splitlines() == [
        "1 Before any section.",
        "1 One",
        "1.1 First.",
        "1.2 Second.",
        "Rule 7.IV.1 (sample)",
        "1.3 Third.",
        "2 Two",
        "2.1 Again.",
    ]
    assert [line.anchor for line in lines if line.anchor] == [
        *("1", "1", "1.1", "1.2", "1.3"),
        *("2", "2.1"),
    ]


def test_rich_text_becomes_paragraphs_with_its_emphasis_links_and_lists():
    lines = outline(
        [
            (
                "text",
                "<p>See <b>the <a href='/x'>list</a></b> of <i>[[party]]</i>.<br/>Then:</p>"
                "<ol><li>one</li><li>two<ol><li>below</li></ol></li></ol>"
                "<ul><li>point</li></ul><h3>Words</h3><p></p>",
            )
        ]
    )

    assert [(line.kind, line.mark, line.words, line.level) for line in lines] == [
        (Kind.TEXT, "", "See the list of [party].\nThen:", 0),
        (Kind.STEP, "(a)", "one", 0),
        (Kind.STEP, "(b)", "two", 0),
        (Kind.STEP, "(1)", "below", 1),
        (Kind.BULLET, "•", "point", 0),
        (Kind.SUBHEADING, "", "Words", 0),
    ]
    assert lines[0].spans[:5] == (
        Span("See "),
        Span("the ", bold=True),
        Span("list", bold=True, url="/x"),
        Span(" of "),
        Span(key="party", italic=True),
    )
    assert [kind for kind, _lines in runs(lines)] == ["text", "step", "bullet", "subheading"]


def test_more_steps_than_letters_go_on_with_numbers():
    steps = "".join(f"<li>{n}</li>" for n in range(27))
    lines = outline([("text", f"<ol>{steps}</ol>")])

    assert [line.number for line in lines[25:]] == ["(z)", "(27)"]


def test_values_fill_their_blanks_and_the_rest_stay_gaps():
    lines = outline([("numbered", ["[[who]] reads it to [[whom]] on [[Some Day]]."])])

    assert blanks(lines) == ("who", "whom")
    read = filled(lines, {"who": "Ann", "nobody": "x"})
    assert read[0].words == "Ann reads it to [whom] on [[Some Day]]."
    assert read[0].spans[2].gap == "________ (whom)"


def test_a_rule_that_was_found_is_quoted_and_another_is_named():
    lines = outline([("rule", {"work": "sample", "citation": key}) for key in ("1.I", "9.X")])
    found = Quotation("Sample, 1.I", "The words.", "/rules/sample/1/#I")

    assert [line.quotation for line in quoted(lines, {("sample", "1.I"): found})] == [found, None]


def test_sections_hold_what_stands_below_their_heading():
    lines = outline(
        [("text", "<p>First of all.</p>"), ("section", "One"), ("numbered", ["a", "b"])]
    )

    parts = sections(lines)
    assert [(part.number, part.heading, len(part.lines)) for part in parts] == [
        ("", "", 1),
        ("1", "One", 2),
    ]
    assert sections([]) == []


def test_what_changed_is_shown_word_by_word_in_the_paragraphs_that_differ():
    old = "1 One\n1.1 The quorum is ten members.\n1.2 It stays."
    new = "1 One\n1.1 The quorum is twelve members.\n1.2 It stays.\n1.3 It is new."

    first, second = changed_paragraphs(old, new)
    assert [(part.op, part.text) for part in first if part.op != "same"] == [
        ("removed", "ten "),
        ("added", "twelve "),
    ]
    assert [(part.op, part.text) for part in second] == [("added", "1.3 It is new.")]
    assert changed_paragraphs(new, new) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="ab[]_ x\n", max_size=12), max_size=6))
def test_no_word_is_lost_between_text_and_blanks(texts):
    lines = outline([("section", "S"), ("numbered", texts)])

    for text, line in zip(texts, lines[1:], strict=True):
        whole = "".join(f"[[{span.key}]]" if span.key else span.text for span in line.spans)
        assert (
            whole
            == text
            == "".join(f"[[{span.key}]]" if span.key else span.text for span in spans_of(text))
        )
    numbers = [line.number for line in lines[1:]]
    assert numbers == [f"1.{n}" for n in range(1, len(texts) + 1)]
