"""What the draft's editor does to lines, in a real browser but without a hub."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.rules.rulebooks.outline_text import read_outline, write_outline
from library.rules.rulebooks.tree import places
from tests.databases import ROOT

pytestmark = pytest.mark.browser
SCRIPTS = ROOT / "library" / "rules" / "static" / "rules" / "outline"
HERE = "http://outline.test/"
MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TEXT = """\
## Chapter 1

### Clause I

1. One.
  A. Below one.
    i. Below that.

2. Two.
5. Five.

### Clause I

7. Seven."""


@pytest.fixture(scope="module")
def page(browser):
    """An empty page with the module that moves and numbers lines."""
    context = browser.new_context()
    page = context.new_page()

    def answer(route):
        name = route.request.url.removeprefix(HERE)
        if not name:
            return route.fulfill(body="<!doctype html><title>x</title>", content_type="text/html")
        return route.fulfill(path=SCRIPTS / name, content_type="text/javascript")

    page.route(f"{HERE}**", answer)
    page.goto(HERE)
    page.evaluate("async () => { window.lines = await import('./lines.js'); }")
    yield page
    context.close()


def do(page, name: str, text: str, *chosen) -> str | None:
    """Return a text after something was done to lines of it (counted from 0)."""
    change = page.evaluate(
        "([name, lines, chosen]) => lines && window.lines[name](lines, ...chosen)",
        [name, text.split("\n"), list(chosen)],
    )
    if change is None:
        return None
    lines = text.split("\n")
    lines[change["first"] : change["last"] + 1] = change["lines"]
    return "\n".join(lines)


def tree(text: str):
    return read_outline(text).tree


def test_a_line_is_moved_in_with_all_below_it_and_out_again(page):
    inside = do(page, "indented", TEXT, 4, 4, 1)
    assert "\n  1. One.\n    A. Below one.\n      i. Below that.\n\n2. Two." in inside
    assert do(page, "indented", inside, 4, 4, -1) == TEXT


def test_a_heading_takes_the_headings_below_it_along_and_its_items_stay_below_it(page):
    lower = do(page, "indented", TEXT, 0, 0, 1)
    assert lower.startswith("### Chapter 1\n\n#### Clause I\n\n1. One.\n  A.")
    assert do(page, "indented", lower, 0, 0, -1) == TEXT


def test_blocks_change_places_with_their_neighbour_on_the_same_level(page):
    down = do(page, "moved", TEXT, 4, 4, False)
    clause = tree(down)[0].children[0]
    assert [node.number for node in clause.children] == ["2", "1", "5"]
    assert [node.number for node in clause.children[1].children] == ["A"]
    at = down.split("\n").index("1. One.")
    again = do(page, "moved", down, at, at, True)
    assert tree(again) == tree(TEXT)
    assert do(page, "moved", TEXT, 4, 4, True) is None
    swapped = do(page, "moved", TEXT, 2, 2, False)
    assert [len(node.children) for node in tree(swapped)[0].children] == [1, 3]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1. a\n1. b\n1. c", "1 2 3"),
        ("3. a\n3. b", "1 2"),
        ("a. a\na. b\na. c", "a b c"),
        ("i. a\nii. b\nii. c\nx. d", "i ii iii iv"),
        ("g. a\nh. b\ni. c\ni. d", "a b c d"),
        ("IV. a\nV. b\nVII. c", "I II III"),
        ("3.1. a\n3.1. b\n3.7. c", "3.1 3.2 3.3"),
        ("1. a\n- b\n- c", "1 2 3"),
        ("1. a\nWords between.\n5. b", "1  2"),
        ("1. a\nWords.\n5. b", "1  2"),
        ("1. a\n  x. b\n  x. c\n9. d\n  q. e", "1 a b 2 a"),
        ("(a) a\n(a) b", "a b"),
        ("z. a\nz. b\n" + "z. c\n" * 26, " ".join([*"abcdefghijklmnopqrstuvwxyz", "aa", "bb"])),
    ],
)
def test_chosen_lines_are_numbered_afresh_level_by_level(page, text, numbers):
    after = do(page, "renumbered", text, 0, len(text.split("\n")) - 1)
    found = [place.node.number for place in places(tree(f"## Chapter 1\n{after}"))]
    assert " ".join(found[1:]) == numbers


def test_numbers_go_on_from_the_line_before_those_chosen(page):
    assert "\n6. Five." not in TEXT
    after = do(page, "renumbered", TEXT, 9, 9)
    assert after == TEXT.replace("5. Five.", "3. Five.")
    assert do(page, "renumbered", TEXT, 11, 11) == TEXT.replace(
        "### Clause I\n\n7.", "### Clause II\n\n7."
    )


# --- any outline -----------------------------------------------------------------------------
line = st.builds(
    lambda depth, words: "  " * depth + words,
    st.integers(0, 4),
    st.sampled_from(["1. a", "2. b", "A. c", "iv. d", "- e", "Words.", "| a | b |", "[^1]: n"]),
)
heading = st.sampled_from(["## Chapter 1", "### Clause I", "## Chapter 2", "### Clause II", "##"])
outlines = st.lists(line | heading, min_size=1, max_size=12).map(
    lambda lines: write_outline(read_outline("\n".join(["## Chapter 0", *(x for x in lines)])).tree)
)


@MANY
@given(outlines, st.data())
def test_any_block_moved_down_and_up_again_leaves_the_same_tree(page, text, data):
    count = len(text.split("\n"))
    at = data.draw(st.integers(0, count - 1))
    change = page.evaluate(
        "([lines, at]) => window.lines.moved(lines, at, at, false)", [text.split("\n"), at]
    )
    if change is None or not text.split("\n")[at].strip():
        return
    lines = text.split("\n")
    lines[change["first"] : change["last"] + 1] = change["lines"]
    assert sorted(lines) == sorted(text.split("\n"))
    back = do(page, "moved", "\n".join(lines), change["at"], change["at"], True)
    assert back == text


@MANY
@given(outlines, st.data())
def test_any_lines_moved_in_and_out_again_are_the_same_text(page, text, data):
    lines = text.split("\n")
    first = data.draw(st.integers(0, len(lines) - 1))
    last = data.draw(st.integers(first, len(lines) - 1))
    inside = do(page, "indented", text, first, last, 1)
    assert do(page, "indented", inside, first, last, -1) == text
    assert [one.strip("# ") for one in inside.split("\n")] == [one.strip("# ") for one in lines]


@MANY
@given(outlines)
def test_numbering_all_afresh_leaves_no_number_twice_and_every_word(page, text):
    after = do(page, "renumbered", text, 0, len(text.split("\n")) - 1)
    assert [place.node.text for place in places(tree(after))] == [
        place.node.text for place in places(tree(text))
    ]
