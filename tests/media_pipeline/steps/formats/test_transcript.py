"""A film’s words to be read without the film."""

from io import BytesIO

from docx import Document

from media_pipeline.steps.captions import compose_cues
from media_pipeline.steps.formats.transcript import paragraphs
from media_pipeline.steps.formats.writers import write_captions

from ..test_captions import said
from .samples import SPOKEN


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
