"""WebVTT: the W3C’s own parser finds no fault in what is written; whatever others wrote is read."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings

from ground.refusals import Refused
from media_pipeline.steps.caption_check import check_cues
from media_pipeline.steps.captions import compose_cues
from media_pipeline.steps.formats.vtt import parse_vtt, to_vtt
from media_pipeline.steps.words import Cue

from ..test_captions import said
from .samples import cues

PARSER = Path(__file__).resolve().parents[1] / "vendor" / "webvtt-parser.js"


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


def test_several_speakers_in_one_caption_are_named_in_its_text() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Hello</v>\n<v.loud Bob &amp; Co>Hi</v>\n"
    assert parse_vtt(text) == [Cue(1, 2, ("Ada: Hello", "Bob & Co: Hi"))]


def test_a_dash_where_a_name_should_be_stays_in_the_text() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v ->The first thing</v>\n<v Ada>Second</v>\n"
    assert parse_vtt(text) == [Cue(1, 2, ("- The first thing", "Second"), speaker="Ada")]


def test_times_begin_a_cue_where_the_blank_line_before_them_lacks() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\na --> b\n00:03.000 --> 00:04.000\nSecond\n"
    assert parse_vtt(text) == [Cue(1, 2, ("a --> b",)), Cue(3, 4, ("Second",))]


def test_signs_with_a_meaning_in_webvtt_are_written_safely() -> None:
    cue = Cue(3661.5, 3663.0, ("Q&A: 1 < 2 --> true", "<i>as written</i>"))
    text = to_vtt([cue])
    assert text == (
        "WEBVTT\n\n01:01:01.500 --> 01:01:03.000\n"
        "Q&amp;A: 1 &lt; 2 --&gt; true\n&lt;i&gt;as written&lt;/i&gt;\n"
    )
    assert parse_vtt(text) == [cue]


def test_caption_files_of_other_programs_are_read() -> None:
    text = """\ufeffWEBVTT - made elsewhere
Kind: captions

NOTE a remark
00:01 is no time

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.500 align:start
<v Ada>Hello <00:01.500><b>there</b>

100:00:00.000 --> 100:00:01.000
Late &amp; last""".replace("\n", "\r\n")
    assert parse_vtt(text) == [
        Cue(1.0, 2.5, ("Hello there",), speaker="Ada"),
        Cue(360000.0, 360001.0, ("Late & last",)),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\nHi\n", "its first line is not “WEBVTT”"),
        ("WEBVTT\n\n00:01 --> 00:02\nHi\n", "a time that cannot be read: “00:01 --> 00:02”"),
    ],
)
def test_a_file_that_is_no_webvtt_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        parse_vtt(text)
