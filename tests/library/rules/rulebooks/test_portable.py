"""JSON out and in again is the identity."""

import json

import pytest
from hypothesis import given, settings

from library.rules.rulebooks.portable import as_json, from_json
from library.rules.rulebooks.tree import Node, NotADocument
from tests.library.rules.rulebooks.trees import trees


@settings(max_examples=100, deadline=None)
@given(tree=trees())
def test_exporting_and_importing_again_gives_the_same_tree(tree):
    text = as_json(tree, title="A book", introduction="Of these.", about={"work": "sample"})
    reading = from_json(text)
    assert [node.as_dict() for node in reading.tree] == [node.as_dict() for node in tree]
    assert (reading.title, reading.introduction) == ("A book", "Of these.")
    assert (reading.left_out, reading.warnings) == ([], [])


def test_a_page_is_kept():
    text = as_json([Node("chapter", "1", page=12)], title="A book", about={})
    assert from_json(text).tree[0].page == 12


def test_what_no_text_holds_is_left_out_of_texts():
    text = as_json([Node("lead_in", text="A\x01 rule\tof\ntwo lines")], title="A book", about={})
    assert from_json(text).tree[0].text == "A rule\tof\ntwo lines"


def test_what_the_shape_has_no_room_for_is_listed():
    text = json.dumps({"tree": [{"kind": "chapter", "number": "1", "colour": "red"}]})
    (left,) = from_json(text).left_out
    assert left.text == 'colour: "red"'
    assert left.reason == "Rules have no “colour” (chapter 1)."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "The file is not JSON that can be read; nothing was imported."),
        ("[" * 100_000, "The file is not JSON that can be read; nothing was imported."),
        ("[]", "The JSON has no “tree” of provisions; nothing was imported."),
        ('{"tree": [{"kind": "verse"}]}', "“verse” is no kind of provision; nothing was imported."),
        ('{"tree": [3]}', "“3” is no kind of provision; nothing was imported."),
        (
            '{"tree": [{"kind": "clause", "number": 3}]}',
            "clause 3: “number” is no text; nothing was imported.",
        ),
        (
            '{"tree": [{"kind": "clause", "page": 0}]}',
            "clause: “page” is no page’s number; nothing was imported.",
        ),
        (
            '{"tree": [{"kind": "clause", "children": {}}]}',
            "clause: “children” is no list; nothing was imported.",
        ),
        (
            '{"tree": [' + '{"kind": "clause", "children": [' * 101 + "]}" * 101 + "]}",
            "The tree is deeper than 100 levels; nothing was imported.",
        ),
    ],
)
def test_json_of_another_shape_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(NotADocument) as refusal:
        from_json(text)
    assert str(refusal.value) == sentence
