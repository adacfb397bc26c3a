"""A film's words to be read without the film: in paragraphs, with who speaks and from when."""

from dataclasses import dataclass, field

from ..breaks import ends_sentence
from ..clock import spoken_time
from ..words import Cue, clean_lines, clean_name, one_line

LONG_ENOUGH = 300  # characters: a paragraph of this length ends with its sentence
FAR_TOO_LONG = 900  # characters: where sentences have no ends
LONG_SILENCE = 3.0  # seconds: what follows begins a paragraph


@dataclass
class Paragraph:
    """What one person says without a break; ``start`` in seconds."""

    start: float
    speaker: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def paragraphs(cues: list[Cue]) -> list[Paragraph]:
    """The cues' text in paragraphs; cues without text are left out."""
    paragraphs_so_far: list[Paragraph] = []
    before: Cue | None = None
    for cue in cues:
        lines, speaker = clean_lines(cue.lines), clean_name(cue.speaker)
        if not lines:
            continue
        if before is None or _begins(paragraphs_so_far[-1], before, cue, speaker):
            paragraphs_so_far.append(Paragraph(cue.start, speaker))
        paragraphs_so_far[-1].lines += lines
        before = cue
    return paragraphs_so_far


def _begins(last: Paragraph, before: Cue, cue: Cue, speaker: str) -> bool:
    if speaker != last.speaker or cue.start - before.end >= LONG_SILENCE:
        return True
    length = len(last.text)
    ended = ends_sentence(last.text.rsplit(" ", 1)[-1])
    return length >= FAR_TOO_LONG or (ended and length >= LONG_ENOUGH)


def to_text(cues: list[Cue], *, title: str) -> str:
    """The title and the paragraphs, an empty line between; a name stands before each new turn."""
    blocks, before = [one_line(title)], ""
    for paragraph in paragraphs(cues):
        turn = paragraph.speaker and paragraph.speaker != before
        blocks.append(f"{paragraph.speaker}: {paragraph.text}" if turn else paragraph.text)
        before = paragraph.speaker
    return "\n\n".join(block for block in blocks if block) + "\n"


def to_docx(cues: list[Cue], *, title: str, language: str) -> bytes:
    """A Word document: the title, then each paragraph after its time and its speaker in bold."""
    from ground.documents.word import file_of, new_document, set_style  # python-docx loads slowly

    document = new_document(title=one_line(title), language=language)
    set_style(document.styles["Normal"], 11)
    set_style(document.styles["Heading 1"], 18, after=12)
    document.add_heading(one_line(title), level=1)
    for paragraph in paragraphs(cues):
        block = document.add_paragraph()
        block.add_run(f"{spoken_time(paragraph.start)}  ")
        if paragraph.speaker:
            block.add_run(f"{paragraph.speaker}: ").bold = True
        block.add_run(paragraph.text)
    return file_of(document)
