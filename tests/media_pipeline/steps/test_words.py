"""Words and cues as every caption file can hold them."""

import pytest

from media_pipeline.steps.words import Cue, clean_lines, clean_name, one_line


def test_a_cue_s_text_is_its_lines_one_under_the_other() -> None:
    assert Cue(1.0, 2.0, ("Good evening.", "Thank you.")).text == "Good evening.\nThank you."


@pytest.mark.parametrize(
    ("lines", "clean"),
    [
        (["a  b ", "\tc"], ("a b", "c")),
        (["a\nb\r\nc\u2028d\x0be\x85f"], ("a", "b", "c", "d", "e", "f")),
        (["", "  ", "\x00\x07", "\ufffe"], ()),
        (["a\x00b", "\ud800c"], ("ab", "c")),
        (["Tŷ – £5 🙂"], ("Tŷ – £5 🙂",)),
    ],
)
def test_lines_lose_what_no_caption_file_can_hold(lines: list[str], clean: tuple[str, ...]) -> None:
    assert clean_lines(lines) == clean


def test_a_title_is_brought_into_one_line() -> None:
    assert one_line(" Keeping\na  record\x00 … ") == "Keeping a record …"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        (" Ada\nLovelace ", "Ada Lovelace"),
        ("Speaker 1", "Speaker 1"),
        ("-", ""),
        ("…", ""),
        ("", ""),
    ],
)
def test_a_speaker_has_a_name_with_a_letter_or_a_digit(name: str, clean: str) -> None:
    assert clean_name(name) == clean
