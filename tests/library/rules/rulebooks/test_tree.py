"""Where a rule book's pieces are found, and how they are cited."""

from library.citations.mentions import normal_form
from library.rules.rulebooks.outline_text import read_outline
from library.rules.rulebooks.tree import Node, places

BOOK = """\
## Chapter 7 — Groups
A chapter's own words.
### Clause VIII — Removing
Words before.
1. One
3. Three
  D. Letter
    ii. Roman
      a. Small
Words after.
## Appendix 1 — House rules
2. Two
  A. Letter
## Part 3 — Online
### Foreword
1. One
"""


def test_every_piece_has_an_address_a_key_and_a_citation_that_people_use():
    found = [(p.path, p.citation, p.cited_as) for p in places(read_outline(BOOK).tree)]

    assert found == [
        ("7", "7", "Chapter 7"),
        ("7/lead-1", "7.lead-1", "Chapter 7"),
        ("7/VIII", "7.VIII", "Chapter 7 Clause VIII"),
        ("7/VIII/lead-1", "7.VIII.lead-1", "Chapter 7 Clause VIII"),
        ("7/VIII/1", "7.VIII.1", "Chapter 7 Clause VIII.1"),
        ("7/VIII/3", "7.VIII.3", "Chapter 7 Clause VIII.3"),
        ("7/VIII/3/D", "7.VIII.3.D", "Chapter 7 Clause VIII.3.D"),
        ("7/VIII/3/D/ii", "7.VIII.3.D.ii", "Chapter 7 Clause VIII.3.D.ii"),
        ("7/VIII/3/D/ii/a", "7.VIII.3.D.ii.a", "Chapter 7 Clause VIII.3.D.ii.a"),
        ("7/VIII/lead-2", "7.VIII.lead-2", "Chapter 7 Clause VIII"),
        ("appendix-1", "appendix-1", "Appendix 1"),
        ("appendix-1/2", "appendix-1.2", "Appendix 1 paragraph 2"),
        ("appendix-1/2/A", "appendix-1.2.A", "Appendix 1 paragraph 2.A"),
        ("part-3", "part-3", "Part 3"),
        ("part-3/foreword", "part-3.foreword", "Part 3 Foreword"),
        ("part-3/foreword/1", "part-3.foreword.1", "Part 3 Foreword.1"),
    ]


def test_the_key_is_the_form_in_which_search_understands_the_citation():
    tree = read_outline(
        "## Chapter VII — Groups\n### Clause 8 — Removing\n3. Three\n  a. Small"
    ).tree

    found = places(tree)

    assert [place.path for place in found] == ["VII", "VII/8", "VII/8/3", "VII/8/3/a"]
    assert [place.citation for place in found] == ["7", "7.VIII", "7.VIII.3", "7.VIII.3.A"]
    assert [normal_form(place.cited_as) for place in found] == [p.citation for p in found]


def test_each_piece_knows_the_range_of_what_stands_below_it():
    found = places(read_outline(BOOK).tree)

    ranges = {place.path: (place.position, place.end) for place in found}
    assert ranges["7"] == (0, 10)
    assert ranges["7/VIII/3"] == (5, 9)
    assert ranges["7/VIII/3/D/ii/a"] == (8, 9)
    for place in found:
        below = [p.path for p in found if p.path.startswith(place.path + "/")]
        assert [p.path for p in found[place.position + 1 : place.end]] == below


def test_an_empty_tree_has_no_places():
    assert places([]) == []


def test_a_node_is_written_as_plain_values_for_json():
    assert Node("clause", "I", "Scope", children=[Node("lead_in", text="Words.")]).as_dict() == {
        "kind": "clause",
        "number": "I",
        "heading": "Scope",
        "text": "",
        "page": None,
        "children": [
            {
                "kind": "lead_in",
                "number": "",
                "heading": "",
                "text": "Words.",
                "page": None,
                "children": [],
            }
        ],
    }
