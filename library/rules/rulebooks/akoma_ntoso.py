"""An edition as Akoma Ntoso 3.0, the OASIS standard for laws in XML (LegalDocML, 2018).

Elements and their `eId`s follow the standard's naming convention: `chp_7__cl_VIII__para_3`. What
the standard has no element for (a schedule, an appendix, a table or a note within the hierarchy) is
an `hcontainer` of that name. A test holds it to the schema.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from library.rules.rulebooks.tree import NOTE_MARK, Node

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_ELEMENTS = {  # the element of each kind, and how its eId begins
    "part": ("part", "part"),
    "chapter": ("chapter", "chp"),
    "article": ("article", "art"),
    "section": ("section", "sec"),
    "rule": ("rule", "rule"),
    "clause": ("clause", "cl"),
}
_BELOW = (("paragraph", "para"), ("subparagraph", "subpara"), ("point", "point"))  # by depth
_CONTAINERS = {"schedule": "sched", "appendix": "app", "lead_in": "lead"}
_CONTAINERS |= {"table": "table", "footnote": "note"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no such characters


@dataclass(frozen=True)
class About:
    """What an edition is: `work` is the word of its address."""

    work: str
    title: str
    label: str
    in_force_from: datetime.date
    made_on: datetime.date
    base_url: str


def as_akoma_ntoso(tree: Sequence[Node], about: About, *, introduction: str = "") -> bytes:
    """Return the edition as an XML document in UTF-8."""
    root = etree.Element(_tag("akomaNtoso"), nsmap={None: NAMESPACE})
    act = etree.SubElement(root, _tag("act"), name="rules", contains="singleVersion")
    _meta(act, about)
    preface = etree.SubElement(act, _tag("preface"), eId="preface")
    title = etree.SubElement(preface, _tag("longTitle"), eId="preface__title")
    line = _add(title, "p")
    _say(_add(line, "docTitle"), about.title)
    for paragraph in filter(None, introduction.split("\n\n")):
        _say(_add(preface, "p"), paragraph)
    body = etree.SubElement(act, _tag("body"), eId="body")
    _nodes(tree, body, prefix="", depth=0)
    if not len(body):  # an empty body is no document of the standard
        etree.SubElement(body, _tag("hcontainer"), eId="empty", name="empty")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, _tag(name), **attributes)


def _say(element: etree._Element, text: str) -> None:
    element.text = _CONTROL.sub("", text)


def _meta(act: etree._Element, about: About) -> None:
    meta = _add(act, "meta")
    identification = _add(meta, "identification", source="#hub")
    day = about.in_force_from.isoformat()
    uri = f"/akn/gb/act/rules/{about.work}"
    levels = (
        ("FRBRWork", uri, "work"),
        ("FRBRExpression", f"{uri}/eng@{day}", about.label),
        ("FRBRManifestation", f"{uri}/eng@{day}.akn", "manifestation"),
    )
    for level, address, name in levels:
        said = _add(identification, level)
        _add(said, "FRBRthis", value=f"{address}/!main")
        _add(said, "FRBRuri", value=address)
        on = about.made_on.isoformat() if level == "FRBRManifestation" else day
        _add(said, "FRBRdate", date=on, name=name)
        _add(said, "FRBRauthor", href="#hub", **{"as": "#publisher"})
        if level == "FRBRWork":
            _add(said, "FRBRcountry", value="gb")
        elif level == "FRBRExpression":
            _add(said, "FRBRlanguage", language="eng")
        else:
            _add(said, "FRBRformat", value="application/akn+xml")
    references = _add(meta, "references", source="#hub")
    _add(references, "TLCOrganization", eId="hub", href=about.base_url, showAs="Membersnet")
    _add(
        references, "TLCRole", eId="publisher", href="/ontology/role/publisher", showAs="Publisher"
    )


def _nodes(nodes: Sequence[Node], parent: etree._Element, *, prefix: str, depth: int) -> None:
    """Write siblings; no two get the same eId."""
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for node in nodes:
        name, begin = _element(node, depth)
        counts[begin] = counts.get(begin, 0) + 1
        number = re.sub(r"[^A-Za-z0-9]+", "-", node.number).strip("-") or str(counts[begin])
        eid = wanted = f"{prefix}{begin}_{number}"
        repeat = 1
        while eid in taken:
            repeat += 1
            eid = f"{wanted}-{repeat}"
        taken.add(eid)
        element = _add(parent, name, eId=eid)
        if name == "hcontainer":
            element.set("name", node.kind.replace("_", "-"))
        _fill(element, node, eid, depth)


def _element(node: Node, depth: int) -> tuple[str, str]:
    if node.kind in _ELEMENTS:
        return _ELEMENTS[node.kind]
    if node.kind in _CONTAINERS:
        return "hcontainer", _CONTAINERS[node.kind]
    return _BELOW[min(depth, len(_BELOW) - 1)]


def _fill(element: etree._Element, node: Node, eid: str, depth: int) -> None:
    if node.number:
        _say(_add(element, "num"), node.number)
    if node.heading:
        _say(_add(element, "heading"), node.heading)
    if node.children:
        if node.text:
            _content(_add(element, "intro", eId=f"{eid}__intro"), node, eid)
        deeper = depth + 1 if node.kind == "provision" else 0
        _nodes(node.children, element, prefix=f"{eid}__", depth=deeper)
    else:
        _content(_add(element, "content", eId=f"{eid}__content"), node, eid)


def _content(parent: etree._Element, node: Node, eid: str) -> None:
    if node.kind == "table":
        table = _add(parent, "table", eId=f"{eid}__rows")
        for row in node.text.split("\n"):
            cells = _add(table, "tr")
            for cell in row.split(" | "):
                _say(_add(_add(cells, "td"), "p"), cell)
        return
    for paragraph in node.text.split("\n"):
        _paragraph(_add(parent, "p"), paragraph, eid)


def _paragraph(element: etree._Element, text: str, eid: str) -> None:
    """Write a paragraph; the mark of a footnote refers to the note below this node."""
    pieces = NOTE_MARK.split(text)
    _say(element, pieces[0])
    for number, after in zip(pieces[1::2], pieces[2::2], strict=True):
        clean = re.sub(r"[^A-Za-z0-9]+", "-", number).strip("-") or "1"
        mark = _add(
            element, "noteRef", href=f"#{eid}__note_{clean}", marker=_CONTROL.sub("", number)
        )
        mark.tail = _CONTROL.sub("", after)
