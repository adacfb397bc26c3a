"""Caption files in and out: nothing is lost on the way, and no file can do harm."""

import json
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from ground.refusals import Refused
from media_pipeline.steps.caption_check import check_cues
from media_pipeline.steps.captions import compose_cues
from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.formats.readers import parse_captions, read_captions
from media_pipeline.steps.formats.transcript import paragraphs
from media_pipeline.steps.formats.vtt import parse_vtt, to_vtt
from media_pipeline.steps.formats.writers import CAPTION_FORMATS, write_captions
from media_pipeline.steps.words import Cue, clean_name

from .test_captions import said

PARSER = Path(__file__).with_name("vendor") / "webvtt-parser.js"
CHECK = """
const { WebVTTParser } = require(process.argv[1]);
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const found = texts.map(text => {
  const tree = new WebVTTParser().parse(text, 'metadata');
  const whole = seconds => Math.round(seconds * 1000) / 1000;
  const cues = tree.cues.map(cue => [whole(cue.startTime), whole(cue.endTime)]);
  return { errors: tree.errors, cues };
});
console.log(JSON.stringify(found));
"""
SIGNS = "abc ÄŵŷÊ 12,.;:!?“”’—-&<>/'\"{}\\|"
LINES = st.text(SIGNS, min_size=1, max_size=30).filter(lambda line: line.strip())
NAMES = st.one_of(st.just(""), st.text("Ada Ŵyn & Co.<>-'", max_size=12)).map(clean_name)


@st.composite
def cues(draw: st.DrawFn, lines: st.SearchStrategy[str] = LINES) -> list[Cue]:
    """Any captions in order of time, to the millisecond."""
    found, clock = [], 0
    for _number in range(draw(st.integers(1, 8))):
        start = clock + draw(st.integers(0, 5_000_000))
        clock = start + draw(st.integers(1, 9_000))
        text = tuple(
            " ".join(line.split()) for line in draw(st.lists(lines, min_size=1, max_size=3))
        )
        found.append(Cue(start / 1000, clock / 1000, text, speaker=draw(NAMES)))
    return found


def again(kind: str, given_cues: list[Cue], folder: Path) -> list[Cue]:
    """The captions written as a file of a kind, and read from it."""
    path = folder / "captions"
    path.write_bytes(write_captions(kind, given_cues, title="A film", language="en"))
    return read_captions(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("captions")


@pytest.mark.parametrize("kind", ["vtt", "ttml"])
def test_a_caption_file_gives_back_text_times_and_speakers(kind: str, folder: Path) -> None:
    @given(cues())
    @settings(max_examples=60, deadline=None)
    def holds(written: list[Cue]) -> None:
        assert again(kind, written, folder) == written

    holds()


def test_an_srt_file_gives_back_text_and_times(folder: Path) -> None:
    """It has no speakers, and what looks like a tag is one."""
    plain = LINES.filter(lambda line: not set("<>{") & set(line))

    @given(cues(plain))
    @settings(max_examples=60, deadline=None)
    def holds(written: list[Cue]) -> None:
        written = [Cue(cue.start, cue.end, cue.lines) for cue in written]
        assert again("srt", written, folder) == written

    holds()


def test_words_that_look_like_times_make_no_caption_of_their_own(folder: Path) -> None:
    forged = Cue(1.0, 2.0, ("99", "00:00:09,000 --> 00:00:10,000", "Words nobody said."))
    file = folder / "forged.srt"
    file.write_bytes(write_captions("srt", [forged], title="A film", language="en"))
    assert [(cue.start, cue.end) for cue in read_captions(file)] == [(1.0, 2.0)]


def test_an_srt_file_names_each_speaker_where_the_turn_begins() -> None:
    spoken = [
        Cue(1, 2, ("Hello.",), speaker="Ada"),
        Cue(2, 3, ("How are you?",), speaker="Ada"),
        Cue(3, 4, ("Well.",), speaker="Bob"),
    ]
    text = write_captions("srt", spoken, title="", language="en").decode()
    assert text == (
        "1\n00:00:01,000 --> 00:00:02,000\nAda: Hello.\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\nHow are you?\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\nBob: Well.\n"
    )


def w3c(texts: list[str]) -> list[dict]:
    """What the W3C's own parser makes of WebVTT files."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, and the W3C's parser needs it")
    run = subprocess.run(
        [node, "-e", CHECK, str(PARSER)], input=json.dumps(texts), capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_every_webvtt_file_passes_the_w3c_parser_and_has_no_faults() -> None:
    texts: list[str] = []
    wanted: list[list[list[float]]] = []

    @given(cues())
    @settings(max_examples=40, deadline=None, database=None)
    def collect(written: list[Cue]) -> None:
        texts.append(to_vtt(written))
        wanted.append([[cue.start, cue.end] for cue in written])

    collect()
    composed = compose_cues(said("A comment --> stays. <i>Why?</i> R&D, and Q & A! " * 40))
    assert check_cues(composed).faults == ()
    texts.append(to_vtt(composed))
    wanted.append([[cue.start, cue.end] for cue in composed])
    found = w3c(texts)
    assert [one["errors"] for one in found] == [[]] * len(texts)
    assert [one["cues"] for one in found] == wanted


def test_the_w3c_parser_would_object_to_a_fault() -> None:
    """So that the test above is known to look at all."""
    assert w3c(["WEBVTT\n\n00:02.000 --> 00:01.000\nbackwards\n"])[0]["errors"]


def test_what_no_caption_file_can_hold_is_left_out() -> None:
    odd = [Cue(1, 2, ("a\n\nb\x00", " ", "c\u2028d\x0b")), Cue(2, 2, ("late",)), Cue(3, 4, ("\t",))]
    assert parse_vtt(to_vtt(odd)) == [Cue(1, 2, ("a", "b", "c", "d")), Cue(2, 2.001, ("late",))]
    for kind in CAPTION_FORMATS:
        assert write_captions(kind, odd, title="\x07", language="en")


def test_several_speakers_in_one_caption_are_named_in_its_text() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Hello</v>\n<v.loud Bob &amp; Co>Hi</v>\n"
    assert parse_vtt(text) == [Cue(1, 2, ("Ada: Hello", "Bob & Co: Hi"))]


def test_a_dash_where_a_name_should_be_stays_in_the_text() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v ->The first thing</v>\n<v Ada>Second</v>\n"
    assert parse_vtt(text) == [Cue(1, 2, ("- The first thing", "Second"), speaker="Ada")]


def test_times_begin_a_cue_where_the_blank_line_before_them_lacks() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\na --> b\n00:03.000 --> 00:04.000\nSecond\n"
    assert parse_vtt(text) == [Cue(1, 2, ("a --> b",)), Cue(3, 4, ("Second",))]


TTML = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
    xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
    ttp:frameRate="25" ttp:tickRate="10000000" xml:lang="en"><head><metadata>
<ttm:agent xml:id="a" type="person"><ttm:name type="full">Ada &amp; Co</ttm:name></ttm:agent>
</metadata></head><body{body}><div{div}>{paragraphs}</div></body></tt>"""


def ttml(paragraphs: str, body: str = "", div: str = "") -> str:
    return TTML.format(paragraphs=paragraphs, body=body, div=div)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ttml('<p begin="00:00:01:05" end="00:00:02:00">frames</p>'), (1.2, 2.0, ("frames",))),
        (ttml('<p begin="50f" end="75f">frames</p>'), (2.0, 3.0, ("frames",))),
        (ttml('<p begin="15000000t" dur="5000000t">ticks</p>'), (1.5, 2.0, ("ticks",))),
        (
            ttml('<p begin="25t" end="50t">a tick a frame</p>').replace("ttp:tickRate", "ttp:x"),
            (1.0, 2.0, ("a tick a frame",)),
        ),
        (ttml('<p begin="1500ms" end="0.05m">units</p>'), (1.5, 3.0, ("units",))),
        (ttml('<p begin="0.5h" end="1801s">hours</p>'), (1800.0, 1801.0, ("hours",))),
        (
            ttml('<p begin="1s" end="2s">a  <span>b <span>c</span></span><br/>\n d</p>'),
            (1.0, 2.0, ("a b c", "d")),
        ),
        (
            ttml('<p begin="1s" end="9s">nested</p>', body=' begin="10s"', div=' end="4s"'),
            (11.0, 14.0, ("nested",)),
        ),
        (
            ttml('<p><span begin="1s" end="2s">ka</span> <span begin="2s" end="3s">ra</span></p>'),
            (1.0, 3.0, ("ka ra",)),
        ),
        (
            ttml('<p dur="1s"/><p dur="2s">after</p>', div=' timeContainer="seq"'),
            (1.0, 3.0, ("after",)),
        ),
        (
            ttml('<p begin="1s" end="2s">old</p>').replace(
                "http://www.w3.org/ns/ttml", "http://www.w3.org/2006/10/ttaf1"
            ),
            (1.0, 2.0, ("old",)),
        ),
        (
            '<a:tt xmlns:a="http://www.w3.org/ns/ttml"><a:body><a:div><a:p begin="1s" end="2s">'
            "prefixed</a:p></a:div></a:body></a:tt>",
            (1.0, 2.0, ("prefixed",)),
        ),
    ],
)
def test_ttml_of_every_manner_is_read(
    text: str, expected: tuple[float, float, tuple[str, ...]], folder: Path
) -> None:
    path = folder / "captions.srt"  # whatever it is called
    path.write_text(text, encoding="utf-8")
    assert read_captions(path) == [Cue(*expected)]


def test_a_ttml_file_says_who_speaks(folder: Path) -> None:
    path = folder / "captions"
    path.write_text(ttml('<p begin="1s" end="2s" ttm:agent="a">Hello</p>'), encoding="utf-16")
    assert read_captions(path) == [Cue(1, 2, ("Hello",), speaker="Ada & Co")]


def test_an_srt_file_of_any_custom_is_read(folder: Path) -> None:
    path = folder / "captions"
    lines = ["\ufeffmade by hand", "1", "00:00:01,000 --> 00:00:02,000  X1:40"]
    lines += ["<i>Hi</i> {\\an8}you", "", "still", "", "2", "0:00:02.5 --> 00:00:03,00", "42", ""]
    lines += ["00:03,5 --> 00:04,0", "7", ""]
    path.write_bytes("\r\n".join(lines).encode())
    assert read_captions(path) == [
        Cue(1.0, 2.0, ("Hi you", "still")),
        Cue(2.5, 3.0, ("42",)),
        Cue(3.5, 4.0, ("7",)),
    ]


BOMB = '<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + ttml("<p>&b;</p>")[38:]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "This is not a caption file"),
        ("These are notes.", "This is not a caption file"),
        ("<html><body>tt</body></html>", "This is not a caption file"),
        ("%PDF-1.7", "This is not a caption file"),
        ("WEBVTT\n\nNOTE nothing\n", "has no captions in it"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n", "Caption 1 .* does not end after it begins"),
        ("WEBVTT\n\n999:00:00.000 --> 999:00:01.000\nx\n", "ends after more than 100 hours"),
        (ttml("<p begin='1s' end='2s'>x</p>")[:-9], "damaged"),
        (ttml("<p begin='1,5' end='2s'>x</p>"), "a time that cannot be read: “1,5”"),
        (ttml("<p begin='00:61:00' end='2s'>x</p>"), "a time that cannot be read: “00:61:00”"),
        (ttml("<p begin='1s'>x</p>"), "never ends: “x”"),
        (ttml("<p begin='3s' end='2s'>x</p>"), "does not end after it begins"),
        (ttml(""), "has no captions in it"),
        (ttml("<span>" * 2000 + "</span>" * 2000), "damaged"),
        (ttml("<p/>" * 130_000), "too large to be the captions of one film"),
        (BOMB, "declares a document type or entities"),
        ("WEBVTT\n" + "\n" * 6_000_000, "larger than 5 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    content: str, sentence: str, folder: Path
) -> None:
    path = folder / "captions"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match=sentence):
        read_captions(path)


def test_bytes_that_are_no_text_are_refused(folder: Path) -> None:
    path = folder / "captions"
    path.write_bytes(b"\x00\x01\x02\x81" * 50)
    with pytest.raises(Refused, match="cannot be read as text"):
        read_captions(path)


@given(st.binary(max_size=200), st.sampled_from([b"WEBVTT\n\n", b"<tt ", b"1\n00:00:01,0 --> "]))
@settings(max_examples=80, deadline=None)
def test_no_file_does_worse_than_be_refused(data: bytes, opening: bytes) -> None:
    path = Path("/dev/shm" if Path("/dev/shm").is_dir() else "/tmp") / "captions-of-a-test"
    path.write_bytes(opening + data)
    try:
        for cue in read_captions(path):
            assert cue.start < cue.end
            assert cue.lines
    except Refused:
        pass  # with a sentence; anything else fails this test
    finally:
        path.unlink()


def test_for_checking_the_captions_are_left_as_they_stand(folder: Path) -> None:
    path = folder / "captions"
    path.write_text("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n\n00:00.000 --> 00:01.000\ny\n")
    assert parse_captions(path) == [Cue(2, 1, ("x",)), Cue(0, 1, ("y",))]


SPOKEN = [
    Cue(7.0, 9.0, ("Good evening.", "Thank you")),
    Cue(9.0, 11.0, ("for coming.",), speaker="Ada"),
    Cue(11.0, 12.0, ("Not at all.",), speaker="Bob\x01"),
    Cue(3700.0, 3701.0, ("Good night.",), speaker="Bob"),
]


def test_a_transcript_reads_in_paragraphs_with_speakers() -> None:
    text = write_captions("txt", SPOKEN, title="An  evening", language="en").decode()
    assert text == (
        "An evening\n\nGood evening. Thank you\n\nAda: for coming.\n\nBob: Not at all.\n\n"
        "Good night.\n"
    )


def test_a_word_transcript_has_times_and_speakers() -> None:
    data = write_captions("docx", SPOKEN, title="An evening", language="en")
    document = Document(BytesIO(data))
    assert document.core_properties.title == "An evening"
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "An evening",
        "0:07  Good evening. Thank you",
        "0:09  Ada: for coming.",
        "0:11  Bob: Not at all.",
        "1:01:40  Bob: Good night.",
    ]


def test_a_long_speech_breaks_into_paragraphs_at_sentences() -> None:
    found = paragraphs(compose_cues(said("A good record is short, and it is fair to all. " * 40)))
    assert len(found) > 4
    for paragraph in found:
        assert paragraph.text.endswith(".")
        assert len(paragraph.text) < 500


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(StepFailed, match=r"no kind of caption file “pdf”; there are vtt, srt,"):
        write_captions("pdf", SPOKEN, title="", language="en")
