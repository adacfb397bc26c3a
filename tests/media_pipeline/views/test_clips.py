"""The pages of clips: choosing lines, waiting, taking the file away, and who may see them."""

import html as entities
import re
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from media_pipeline.actions.clips import request_clip
from media_pipeline.models import Clip, Job
from tests.factories.media_pipeline import ReadyFilmFactory, watchable
from tests.factories.party import AppointmentFactory, MemberFactory
from tests.pages import assert_hidden

IMPRINT = "Promoted by A. Person, 1 Example Street, London SW1A 1AA"
WORDS = {
    "shape": "9:16",
    "title": "Why we keep a record",
    "imprint": IMPRINT,
    "confirmed": "yes",
}


@pytest.fixture
def officer(db):
    return AppointmentFactory().member


@pytest.fixture
def page(client, officer):
    """A film's page for a new clip, as an officer sees it."""
    client.force_login(officer)
    film = watchable()
    return film, reverse("media_pipeline:new_clip", args=[film.uuid])


def made(film, by, **fields):
    """A finished clip, without the work of making it."""
    clip = request_clip(
        film,
        start=2.0,
        end=7.5,
        shape="9:16",
        title="Why we keep a record",
        imprint=IMPRINT,
        by=by,
        now=timezone.now(),
    )
    clip.file.save("clip.mp4", ContentFile(b"0123456789" * 10), save=False)
    clip.bytes, clip.captions = 100, [{"start": 0.0, "end": 1.5, "text": "Keep a\nrecord."}]
    clip.save()
    Job.objects.filter(clip=clip).update(status=Job.Status.DONE, reason="Done as asked.")
    return clip


def text(response):
    return entities.unescape(response.content.decode())


def checked(response, name):
    return re.findall(rf'name="{name}" value="([\d.]+)" checked', text(response))


def test_the_page_offers_every_line_as_the_first_and_as_the_last(client, page):
    response = client.get(page[1])
    assert text(response).count('type="radio" name="start"') == 3
    assert text(response).count('type="radio" name="end"') == 3
    assert "Nothing is chosen yet." in text(response)


def test_an_address_chooses_lines_and_says_what_they_come_to(client, page):
    response = client.get(f"{page[1]}?start=4.0&end=7.5")
    assert checked(response, "start") == ["4.0"]
    assert checked(response, "end") == ["7.5"]
    assert "The clip lasts 3.9 seconds." in text(response)
    assert "What is said in cue 2. What is said in cue 3." in text(response)


def test_an_address_with_nonsense_chooses_nothing(client, page):
    for query in ("start=x&end=-1", "start=nan&end=inf", "like=1", f"like={uuid4()}"):
        response = client.get(f"{page[1]}?{query}")
        assert response.status_code == 200
        assert checked(response, "start") == []


def test_length_and_words_are_shown_without_javascript(client, page):
    typed = {"start": "2.0", "end": "5.5", **WORDS, "title": "Half a title", "look": "yes"}
    response = client.post(page[1], typed)
    assert response.status_code == 200
    assert "The clip lasts 3.9 seconds." in text(response)
    assert 'value="Half a title"' in text(response)
    assert not Clip.objects.exists()


def test_an_officer_asks_for_a_clip_and_is_shown_its_page(client, page, officer):
    response = client.post(page[1], {"start": "2.0", "end": "7.5", **WORDS}, follow=True)
    clip = Clip.objects.get()
    assert response.redirect_chain == [(reverse("media_pipeline:clip", args=[clip.uuid]), 302)]
    assert (clip.made_by, clip.shape, clip.imprint) == (officer, "9:16", IMPRINT)
    assert "Waiting to start" in text(response)
    assert "every 2s" in text(response)
    assert "Check progress" in text(response)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start": ""}, "Choose the first and the last line of the clip."),
        ({"start": "6.0", "end": "3.5"}, "The clip’s last line comes before its first"),
        ({"start": "2.0", "end": "3.0"}, "a clip lasts at least 2 s"),
        ({"imprint": " "}, "Enter the imprint: the name and address of the promoter."),
        ({"confirmed": ""}, "Read the imprint, then tick that it is right for this clip."),
        ({"title": "Well done 🎉"}, "Clips cannot show 🎉."),
        ({"shape": "4:3"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, page, changes, sentence):
    typed = {"start": "2.0", "end": "7.5", **WORDS, "title": "A title of my own", **changes}
    response = client.post(page[1], typed)
    assert response.status_code == 422
    assert sentence in text(response)
    assert f'value="{typed["title"]}"' in text(response)
    assert typed["imprint"].strip() in text(response)
    assert not Clip.objects.exists()


def test_the_sites_imprint_is_offered_to_be_confirmed(client, page, settings):
    settings.MEDIA_IMPRINT = IMPRINT
    response = client.get(page[1])
    assert IMPRINT in text(response)
    assert not re.search(r'id="id_confirmed"[^>]* checked', text(response))


def test_a_film_without_a_transcript_is_chosen_by_seconds(client, officer):
    client.force_login(officer)
    film = ReadyFilmFactory()
    address = reverse("media_pipeline:new_clip", args=[film.uuid])
    assert 'type="number"' in text(client.get(address))
    client.post(address, {"start": "1", "end": "9.5", **WORDS})
    assert (Clip.objects.get().start, Clip.objects.get().end) == (1.0, 9.5)


def test_a_ready_clip_is_played_downloaded_and_quoted(client, page, officer):
    clip = made(page[0], officer)
    shown = text(client.get(clip.get_absolute_url()))
    assert "Download the clip (MP4, 100\xa0bytes)" in shown
    assert "why-we-keep-a-record-9x16.mp4" in shown
    assert "Keep a record." in shown
    assert "every 2s" not in shown
    got = client.get(reverse("media_pipeline:clip_download", args=[clip.uuid]))
    assert got.headers["Content-Type"] == "video/mp4"
    assert (
        got.headers["Content-Disposition"] == 'attachment; filename="why-we-keep-a-record-9x16.mp4"'
    )
    assert b"".join(got.streaming_content) == b"0123456789" * 10
    film = reverse("media_pipeline:clip_film", args=[clip.uuid])
    part = client.get(film, headers={"Range": "bytes=10-19"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"0123456789")
    captions = client.get(reverse("media_pipeline:clip_captions", args=[clip.uuid]))
    assert "00:00:00,000 --> 00:00:01,500" in captions.content.decode()
    assert captions.headers["Content-Disposition"].endswith('why-we-keep-a-record-9x16.srt"')


def test_the_part_that_fetches_itself_tells_a_change_and_loads_the_page_at_the_end(
    client, page, officer
):
    clip = made(page[0], officer)
    work = reverse("media_pipeline:clip_work", args=[clip.uuid])
    Job.objects.update(status=Job.Status.RUNNING, progress=0.25)
    response = client.get(f"{work}?said=waiting")
    assert 'value="0.25"' in text(response)
    assert "HX-Refresh" not in response.headers
    assert 'hx-swap-oob="innerHTML">The clip is being made' in text(response)
    assert "hx-swap-oob" not in text(client.get(f"{work}?said=running"))
    Job.objects.update(status=Job.Status.DONE)
    assert client.get(work).headers["HX-Refresh"] == "true"


def test_a_clip_that_failed_says_why_and_can_be_changed(client, page, officer):
    clip = made(page[0], officer)
    Clip.objects.update(file="")
    Job.objects.update(status=Job.Status.FAILED, reason="The disk is full.")
    shown = text(client.get(clip.get_absolute_url()))
    assert "The clip could not be made" in shown
    assert "The disk is full." in shown
    again = client.get(f"{page[1]}?like={clip.uuid}")
    assert 'value="Why we keep a record"' in text(again)
    assert IMPRINT in text(again)
    assert checked(again, "start") == ["2.0"]


def test_a_clip_is_deleted_by_its_maker(client, page, officer):
    clip = made(page[0], officer)
    delete = reverse("media_pipeline:clip_delete", args=[clip.uuid])
    assert client.get(delete).status_code == 405
    response = client.post(delete, follow=True)
    assert "“Why we keep a record” was deleted." in text(response)
    assert not Clip.objects.exists()


def test_another_persons_clip_is_not_there(client, page, officer):
    clip = made(page[0], officer)
    client.force_login(AppointmentFactory().member)
    for name in ("clip", "clip_work", "clip_film", "clip_download", "clip_captions"):
        assert_hidden(client, reverse(f"media_pipeline:{name}", args=[clip.uuid]))
    assert client.post(reverse("media_pipeline:clip_delete", args=[clip.uuid])).status_code == 404
    assert Clip.objects.get() == clip
    assert clip.title not in text(client.get(reverse("media_pipeline:clips")))


def test_a_member_without_a_post_may_make_no_clip(client, page):
    client.force_login(MemberFactory())
    assert client.get(page[1]).status_code == 403
    assert client.post(page[1], {"start": "2.0", "end": "7.5", **WORDS}).status_code == 403
    client.logout()
    assert client.get(page[1]).url == f"{reverse('account_login')}?next={page[1]}"
    assert not Clip.objects.exists()


def test_a_film_that_one_may_not_see_has_no_page_for_clips(client, page):
    address = reverse("media_pipeline:new_clip", args=[uuid4()])
    assert_hidden(client, address)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_clips_costs_the_same_however_many(
    client, page, officer, count, django_assert_num_queries
):
    for _ in range(count):
        made(page[0], officer)
    with django_assert_num_queries(4):
        response = client.get(reverse("media_pipeline:clips"))
    assert text(response).count("Why we keep a record") == count


def test_the_admin_leads_from_a_film_to_a_clip_of_it(client, editor):
    client.force_login(editor)
    film = watchable()
    assert reverse("media_pipeline:new_clip", args=[film.uuid]) in text(
        client.get(reverse("films:edit", args=[film.pk]))
    )
