"""The page that takes a film in: what is given, what is refused, and that nothing is lost."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from media_pipeline.actions.resumable_uploads import append, begin_upload, part_of
from media_pipeline.models import Film, Upload
from tests.factories.party import MemberFactory
from tests.media_pipeline.views.admin.conftest import NEW, send
from tests.pages import visible_text

NEW_QUERIES = 10


@pytest.fixture
def arrived(editor):
    upload = begin_upload(name="long.mp4", length=100, by=editor, now=timezone.now())
    append(upload, [b"y" * 100], offset=0, now=timezone.now())
    return upload


def test_the_form_is_a_plain_form_with_help(admin):
    html = admin.get(NEW).content.decode()
    assert 'enctype="multipart/form-data"' in html
    assert len(re.findall('type="file"', html)) == 2
    assert "paste what is said, word for word" in html
    assert "8.0\xa0GB and 180 minutes" in html
    assert 'data-endpoint="/uploads/" data-most="8589934592"' in html


def test_an_upload_leads_to_the_film_s_page(admin, editor):
    response = send(admin, script="Hello.", glossary="CLP")
    film = Film.objects.get()
    assert response.url == reverse("films:edit", args=[film.pk])
    assert (film.title, film.script, film.glossary) == ("A film", "Hello.", "CLP")
    assert (film.bytes, film.uploaded_by) == (100, editor)
    assert "“A film” is uploaded." in visible_text(admin.get(response.url))


def test_a_film_that_arrived_before_is_taken_by_its_address(admin, arrived):
    response = send(admin, film=None, arrived=arrived.uuid)
    film = Film.objects.get()
    assert response.url == reverse("films:edit", args=[film.pk])
    assert (film.original_name, film.bytes) == ("long.mp4", 100)
    again = send(admin, film=None, arrived=arrived.uuid)
    assert again.url == response.url
    assert Film.objects.count() == 1


def test_a_film_sent_with_a_form_that_is_refused_need_not_be_sent_again(admin, editor):
    response = send(admin, title="", script="Typed words.", glossary="Typed names")
    html = response.content.decode()
    upload = Upload.objects.get()
    assert (upload.uploaded_by, upload.is_complete) == (editor, True)
    assert f'value="{upload.uuid}"' in html
    assert "“film.mp4” (100 bytes) is uploaded." in visible_text(response)
    assert "Typed words." in html
    assert "Typed names" in html
    send(admin, film=None, arrived=upload.uuid)
    assert Film.objects.get().original_name == "film.mp4"


def test_an_unfinished_film_is_kept_to_be_gone_on_with(admin, editor):
    upload = begin_upload(name="long.mp4", length=100, by=editor, now=timezone.now())
    append(upload, [b"y" * 40], offset=0, now=timezone.now())
    response = send(admin, film=None, arrived=upload.uuid)
    assert "Only 40 bytes of 100 bytes is uploaded." in visible_text(response)
    assert part_of(upload).arrived() == 40


def test_somebody_else_s_upload_is_not_known(admin, editor):
    other = MemberFactory()
    upload = begin_upload(name="hers.mp4", length=1, by=other, now=timezone.now())
    append(upload, [b"z"], offset=0, now=timezone.now())
    response = send(admin, film=None, arrived=upload.uuid)
    assert "upload has expired" in visible_text(response)
    assert "hers.mp4" not in visible_text(response)
    assert not Film.objects.exists()


def test_unfinished_uploads_are_listed_to_their_author_alone(admin, editor, arrived):
    begin_upload(name="half.mp4", length=100, by=editor, now=timezone.now())
    begin_upload(name="hers.mp4", length=100, by=MemberFactory(), now=timezone.now())
    past = timezone.now() - datetime.timedelta(days=30)
    begin_upload(name="expired.mp4", length=100, by=editor, now=past)
    said = visible_text(admin.get(NEW))
    assert "100 bytes, uploaded." in said
    assert "0 bytes of 100 bytes uploaded." in said
    assert "hers.mp4" not in said
    assert "expired.mp4" not in said


def test_an_upload_that_arrived_is_used_from_the_list(admin, arrived):
    html = admin.get(NEW, {"arrived": str(arrived.uuid)}).content.decode()
    assert f'name="arrived" value="{arrived.uuid}"' in html
    assert "Unfinished uploads" not in html


def test_an_upload_is_removed_from_the_list_by_its_author_alone(admin, arrived, editor, settings):
    url = reverse("films:remove_upload", args=[arrived.uuid])
    stranger = MemberFactory()
    stranger.groups.set(editor.groups.all())
    admin.force_login(stranger)
    assert admin.post(url).status_code == 404
    admin.force_login(editor)
    assert "“long.mp4” was removed." in visible_text(admin.post(url, follow=True))
    assert not Upload.objects.exists()
    assert list(settings.MEDIA_UPLOAD_DIR.glob("*.part")) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_as_many_queries_for_three_uploads_as_for_one(
    admin, editor, count, django_assert_num_queries
):
    for _ in range(count):
        begin_upload(name="half.mp4", length=100, by=editor, now=timezone.now())
    admin.get(NEW)
    with django_assert_num_queries(NEW_QUERIES):
        admin.get(NEW)


def test_only_those_who_may_upload_get_the_form(client, member):
    client.force_login(member)
    assert client.get(NEW).status_code in {302, 403}
    assert send(client).status_code in {302, 403}
    assert not Film.objects.exists()
