"""What is given with a film: read from text, Word and caption files, or refused with a sentence."""

import io
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from media_pipeline.models import Film, Glossary, Job
from tests.media_pipeline.conftest import stored
from tests.media_pipeline.views.admin.conftest import NEW, send
from tests.pages import visible_text

SRT = "1\n00:00:00,000 --> 00:00:01,500\nAnn: Croeso.\n\n2\n00:00:02,000 --> 00:00:03,000\nBye.\n"


VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello <there>\n"


def file(content: str | bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def word_file(*paragraphs: str, table: tuple[str, ...] = ()) -> SimpleUploadedFile:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        for cell, text in zip(document.add_table(1, len(table)).rows[0].cells, table, strict=True):
            cell.text = text
    target = io.BytesIO()
    document.save(target)
    return file(target.getvalue(), "script.docx")


def test_glossaries_are_chosen_and_those_of_the_site_are_not_asked_for(admin):
    assert "Glossaries" not in visible_text(admin.get(NEW)).partition("Script")[2]
    course = Glossary.objects.create(name="Moderating groups")
    Glossary.objects.create(name="Whole site", is_everywhere=True)
    html = admin.get(NEW).content.decode()
    assert "Moderating groups" in html
    assert "Whole site" not in html
    send(admin, glossaries=[course.pk])
    assert list(Film.objects.get().glossaries.all()) == [course]


def test_a_script_may_come_as_plain_text_or_as_a_word_document(admin):
    send(admin, words=file("Croeso i’r wers.\r\nDiolch.", "script.txt"))
    assert Film.objects.get().script == "Croeso i’r wers.\nDiolch."
    Film.objects.all().delete()
    send(admin, words=word_file("Welcome.", "To the lesson.", table=("One", "Two")))
    film = Film.objects.get()
    assert film.script == "Welcome.\nTo the lesson.\nOne\nTwo"
    assert film.jobs.filter(step=Job.Step.ALIGNMENT).exists()


@pytest.mark.parametrize(("content", "name"), [(SRT, "film.srt"), (VTT, "film.txt")])
def test_captions_in_a_file_are_taken_over_instead_of_recognised(admin, content, name):
    send(admin, language="cy", words=file(content, name))
    film = Film.objects.get()
    assert film.captions_given.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:01.")
    assert film.script == ""
    steps = [job.step for job in film.jobs.all()]
    assert steps == [
        *("probe", "first_version", "poster", "import", "renditions", "storyboard", "index")
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"film": None}, "Choose the film, for instance an MP4."),
        ({"film": file(b"", "film.mp4")}, "The file is empty."),
        ({"title": ""}, "This field is required."),
        ({"language": "xx"}, "Select a valid choice."),
        ({"language": "cy", "script": "Croeso."}, "only be matched to English speech"),
        ({"film": file(b"x" * 101, "film.mp4")}, "the most this site takes is"),
        ({"words": file(b"%PDF-1.7", "script.pdf")}, "This script is a PDF document."),
        ({"words": file(b"PK\x03\x04broken", "script.docx")}, "a damaged ZIP archive"),
        ({"words": file("1\n00:00:05,000 --> 00:00:01,000\nBack.\n", "a.srt")}, "Caption 1"),
        ({"words": file("...", "script.txt")}, "no words in it"),
        ({"words": file("Other words.", "a.txt"), "script": "Hello."}, "is pasted above already"),
        ({"words": file(VTT, "a.vtt"), "script": "Hello."}, "There are captions in a file"),
        ({"captions": "not captions"}, "not a caption file"),
        ({"film": None, "arrived": "no-uuid"}, "Choose the film"),
        ({"film": None, "arrived": "0" * 32}, "This upload has expired. Choose the film again."),
    ],
)
def test_what_is_wrong_is_said_and_no_film_is_made(admin, settings, fields, sentence):
    settings.MEDIA_MAX_BYTES = 100
    response = send(admin, **fields)
    assert response.status_code == 200
    assert sentence in visible_text(response)
    assert not Film.objects.exists()
    assert stored(settings.MEDIA_ROOT) == []


def test_what_a_file_said_is_kept_when_the_form_is_refused(admin):
    html = send(admin, title="", words=file("Said word for word.", "a.txt")).content.decode()
    assert "Said word for word.</textarea>" in html
    html = send(admin, title="", words=file(VTT, "a.vtt")).content.decode()
    assert "We kept the captions from the file you chose." in html
    [kept] = re.findall(r'name="captions" value="([^"]+)"', html)
    send(admin, captions=kept.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert "Hello" in Film.objects.get().captions_given
