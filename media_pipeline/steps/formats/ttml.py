"""TTML, the broadcasters' captions (https://www.w3.org/TR/ttml2/), also as IMSC, EBU-TT-D and DFXP.

ttconv understands the times (clocks, frames, ticks, nested and sequential); this module keeps the
file from harm before ttconv sees it, and finds who speaks.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ground.refusals import Refused

from ..words import Cue, clean_lines, clean_name, one_line
from .vtt import stamps

if TYPE_CHECKING:
    from ttconv.model import ContentElement

TT = "http://www.w3.org/ns/ttml"
METADATA, PARAMETER, STYLING = f"{TT}#metadata", f"{TT}#parameter", f"{TT}#styling"
XML = "http://www.w3.org/XML/1998/namespace"
OLD_NAMESPACE = re.compile(r"http://www\.w3\.org/2006/(?:04|10)/ttaf1")
CLOCK = r"\d{2,3}:[0-5]\d:[0-5]\d(?:\.\d{1,9}|:\d{2,3})?"
TIME = re.compile(rf"{CLOCK}|\d{{1,15}}(?:\.\d{{1,9}})?(?:h|m|s|ms|f|t)")
MOST_ELEMENTS, DEEPEST = 60_000, 50  # an hour with every word timed has about 20,000
DAMAGED = "This caption file is damaged: it cannot be read as TTML. Save it again and choose it."


def parse_ttml(text: str) -> list[Cue]:
    """The captions of a TTML file in the file's order; one a paragraph, styles are dropped.

    A paragraph without times of its own takes those of the timed passages inside it. Raises
    Refused for what is no sound TTML, declares entities, or has a time that cannot be read.
    """
    from ttconv.imsc.reader import to_model

    root = _parse(text)
    marks = _prepare(root)
    logging.getLogger("ttconv").setLevel(logging.CRITICAL + 1)  # what matters is refused here
    try:
        document = to_model(ElementTree.ElementTree(root))
        body = document.get_body() if document else None
        return list(_cues(body, Fraction(0), None, marks)) if body else []
    except (ValueError, TypeError, KeyError, ArithmeticError, AttributeError) as error:
        raise Refused(DAMAGED) from error


def to_ttml(cues: list[Cue], *, title: str, language: str) -> str:
    """The text of a TTML file; speakers are its agents (``ttm:agent``)."""
    for prefix, address in (("", TT), ("ttm", METADATA), ("ttp", PARAMETER), ("tts", STYLING)):
        ElementTree.register_namespace(prefix, address)
    root = ElementTree.Element(f"{{{TT}}}tt", {f"{{{XML}}}lang": language})
    root.set(f"{{{PARAMETER}}}timeBase", "media")
    names = [name for cue in cues if (name := clean_name(cue.speaker))]
    agents = {name: f"speaker{number}" for number, name in enumerate(dict.fromkeys(names), 1)}
    _write_head(root, title, agents)
    body = ElementTree.SubElement(root, f"{{{TT}}}body", {"region": "bottom"})
    division = ElementTree.SubElement(body, f"{{{TT}}}div")
    for cue in cues:
        if lines := clean_lines(cue.lines):
            _write_cue(division, cue, lines, agents)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def _write_head(root: ElementTree.Element, title: str, agents: dict[str, str]) -> None:
    head = ElementTree.SubElement(root, f"{{{TT}}}head")
    metadata = ElementTree.SubElement(head, f"{{{TT}}}metadata")
    ElementTree.SubElement(metadata, f"{{{METADATA}}}title").text = one_line(title)
    for name, number in agents.items():
        kind = {"type": "person", f"{{{XML}}}id": number}
        agent = ElementTree.SubElement(metadata, f"{{{METADATA}}}agent", kind)
        ElementTree.SubElement(agent, f"{{{METADATA}}}name", {"type": "full"}).text = name
    layout = ElementTree.SubElement(head, f"{{{TT}}}layout")
    place = {"origin": "10% 80%", "extent": "80% 15%", "displayAlign": "after"}
    place |= {"textAlign": "center"}
    styles = {f"{{{STYLING}}}{name}": value for name, value in place.items()}
    ElementTree.SubElement(layout, f"{{{TT}}}region", {f"{{{XML}}}id": "bottom", **styles})


def _write_cue(
    division: ElementTree.Element, cue: Cue, lines: tuple[str, ...], agents: dict[str, str]
) -> None:
    begin, end = stamps(cue)
    paragraph = ElementTree.SubElement(division, f"{{{TT}}}p")
    paragraph.set("begin", begin)
    paragraph.set("end", end)
    if name := clean_name(cue.speaker):
        paragraph.set(f"{{{METADATA}}}agent", agents[name])
    paragraph.text = lines[0]
    for line in lines[1:]:
        ElementTree.SubElement(paragraph, f"{{{TT}}}br").tail = line
    paragraph.tail = "\n"


def _parse(text: str) -> ElementTree.Element:
    """The file's elements under today's names. No entity is expanded, no address opened."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if text.count("<") > 2 * MOST_ELEMENTS:
        raise Refused("This caption file is too large to be the captions of one film.")
    try:
        root: ElementTree.Element = fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Refused(
            "This caption file declares a document type or entities, which captions do not need. "
            "Save it again without them and choose it."
        ) from error
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise Refused(DAMAGED) from error
    if _depth(root) > DEEPEST:
        raise Refused(DAMAGED)
    return root


def _depth(root: ElementTree.Element) -> int:
    level, deep = [root], 0
    while level and deep <= DEEPEST:
        level = [child for element in level for child in element]
        deep += 1
    return deep


@dataclass(frozen=True)
class _Marks:
    """What ttconv leaves out: who speaks in an element, and which elements say when they end."""

    speakers: dict[str, str]
    ending: set[str]


def _prepare(root: ElementTree.Element) -> _Marks:
    """Check every time, use today's names, and mark each element.

    The mark is put where the language stands, for ttconv keeps that. Ends that a file does not
    state are not taken from ttconv 1.2, which measures those of nested elements from the wrong
    beginning. Neither are its ticks, one a second where a file states no rate of them: the standard
    has them last as long as a frame, where it states how many frames there are.
    """
    agents, marks = _agents(root), _Marks({}, set())
    stated = {str(name).rpartition("#")[2] for name in root.attrib}
    ticks_are_frames = "parameter}frameRate" in stated and "parameter}tickRate" not in stated
    for number, element in enumerate(root.iter()):
        element.tag = OLD_NAMESPACE.sub(TT, str(element.tag))
        mark = f"x{number}"
        for name, value in list(element.attrib.items()):
            if name in ("begin", "end", "dur"):
                time = _checked(value)
                element.set(name, re.sub("t$", "f", time) if ticks_are_frames else time)
                marks.ending.update([mark] * (name != "begin"))
            elif OLD_NAMESPACE.search(name):
                element.set(OLD_NAMESPACE.sub(TT, name), element.attrib.pop(name))
        element.set(f"{{{XML}}}lang", mark)
        named = " ".join(element.get(f"{{{METADATA}}}agent", "").split()[:1])
        marks.speakers[mark] = agents.get(named, "")
    return marks


def _agents(root: ElementTree.Element) -> dict[str, str]:
    """The names of those who speak, by the file's own marks for them."""
    agents = {}
    for element in root.iter():
        if str(element.tag).endswith("#metadata}agent") and (mark := element.get(f"{{{XML}}}id")):
            names = ["".join(child.itertext()) for child in element if "name" in str(child.tag)]
            agents[mark] = clean_name(names[0]) if names else mark
    return agents


def _checked(time: str) -> str:
    time = time.strip()
    if not TIME.fullmatch(time):
        raise Refused(f"The caption file has a time that cannot be read: “{time[:80]}”.")
    return time


def _cues(
    element: "ContentElement", begin: Fraction, end: Fraction | None, marks: _Marks
) -> Iterator[Cue]:
    """The captions below an element whose surroundings are shown from ``begin`` to ``end``."""
    from ttconv.model import P

    start, stop = _shown(element, begin, end, marks)
    if not isinstance(element, P):
        for child in element:
            yield from _cues(child, start, stop, marks)
        return
    lines = clean_lines("".join(_text(element)).split("\n"))
    if not lines:
        return
    if stop is None or element.get_begin() is None:
        start, stop = _inner_times(element, start, stop, marks)
    if stop is None:
        raise Refused(f"A caption of this file never ends: “{lines[0][:60]}”. Correct its times.")
    speaker = marks.speakers.get(element.get_lang(), "")
    yield Cue(float(start), float(stop), lines, speaker=speaker)


def _shown(
    element: "ContentElement", begin: Fraction, end: Fraction | None, marks: _Marks
) -> tuple[Fraction, Fraction | None]:
    """From when to when (None: for ever) an element is shown, in seconds."""
    start, own = begin + (element.get_begin() or 0), element.get_end()
    if own is None or element.get_lang() not in marks.ending:
        return start, end
    return start, begin + own if end is None else min(begin + own, end)


def _inner_times(
    paragraph: "ContentElement", begin: Fraction, end: Fraction | None, marks: _Marks
) -> tuple[Fraction, Fraction | None]:
    """From the first to the last timed passage inside a paragraph without both times."""
    timed = [child for child in paragraph if child.get_lang() in marks.ending]
    spans = [_shown(child, begin, end, marks) for child in timed]
    stops = [stop for _, stop in spans if stop is not None]
    return min((start for start, _ in spans), default=begin), max(stops, default=end)


def _text(element: "ContentElement") -> Iterator[str]:
    """The text below an element, with a line break for each ``br``; readings of ruby are not."""
    from ttconv import model

    if isinstance(element, model.Br):
        yield "\n"
    elif isinstance(element, model.Text):
        preserved = element.parent().get_space() is model.WhiteSpaceHandling.PRESERVE
        yield element.get_text() if preserved else re.sub(r"\s+", " ", element.get_text())
    elif not isinstance(element, model.Rt | model.Rp | model.Rtc):
        for child in element:
            yield from _text(child)
