"""A PDF of ours is tagged, takes words as data, and draws “?” for what the typeface lacks."""

import pypdfium2
import pytest
from django.conf import settings

from ground.documents.pdf import draw

TEMPLATE = """\
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: "en", font: "Atkinson Hyperlegible Next")
= #data.title
#data.text
"""


@pytest.fixture
def words_of(tmp_path):
    template = tmp_path / "page.typ"
    template.write_text(TEMPLATE)

    def words(**data: str) -> str:
        made = draw(template, {"title": "Rules", **data}, fonts=settings.TYPEFACE_DIR)
        assert b"/MarkInfo" in made or b"/StructTreeRoot" in made
        document = pypdfium2.PdfDocument(made)
        assert document.get_metadata_dict()["Title"] == "Rules"
        return " ".join(page.get_textpage().get_text_range() for page in document)

    return words


def test_words_are_data_and_never_markup(words_of):
    assert '#read("/etc/passwd") *not bold*' in words_of(text='#read("/etc/passwd") *not bold*')


def test_a_sign_that_the_typeface_lacks_is_a_question_mark(words_of):
    assert "Rule ? holds" in words_of(text="Rule \u4e00 holds")
