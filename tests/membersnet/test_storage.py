"""One address says where films are kept."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from django.core.files.storage.handler import StorageHandler
from hypothesis import given
from hypothesis import strategies as st

from membersnet.storage import storage_from


def test_without_an_address_films_are_in_the_media_folder():
    kept = storage_from("")
    assert kept.setting == {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    assert (kept.origins, kept.film_origins) == ((), ())


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("s3://films", "https://films.s3.amazonaws.com"),
        ("s3://films?region=eu-west-2", "https://films.s3.eu-west-2.amazonaws.com"),
        ("s3://films?region=eu-west-2&addressing=path", "https://s3.eu-west-2.amazonaws.com"),
        ("s3://films/hub?endpoint=https://s3.example.org:9000", "https://s3.example.org:9000"),
        ("s3://films?endpoint=http://s3.example&addressing=virtual", "http://films.s3.example"),
    ],
)
def test_the_origin_is_the_one_of_the_buckets_own_addresses(address, origin, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    kept = storage_from(address)
    assert kept.origins == (origin,)
    bucket = StorageHandler({"default": kept.setting})["default"]
    assert bucket.url("film.mp4", expire=60).startswith(f"{origin}/")
    assert bucket.bucket_name == "films"


def test_films_come_from_the_buckets_origin_only_where_the_bucket_sends_them():
    assert storage_from("s3://films").film_origins == ()
    sent = storage_from("s3://films/hub/?films=redirect&region=eu-west-2")
    assert sent.film_origins == ("https://films.s3.eu-west-2.amazonaws.com",)
    options = sent.setting["OPTIONS"]
    assert (options["sends_films"], options["location"]) == (True, "hub")
    assert options["querystring_auth"] is True
    assert options["default_acl"] is None if "default_acl" in options else True


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("films", "it is not of the form s3://bucket/prefix"),
        ("s3://", "it is not of the form"),
        ("gs://films", "it is not of the form"),
        ("s3://films?regoin=eu", "it is not of the form"),
        ("s3://key:secret@films", "keys do not belong in it"),
        ("s3://films?films=public", "“films” is “stream” or “redirect”"),
        ("s3://films?addressing=dns", "“addressing” is “path” or “virtual”"),
    ],
)
def test_what_cannot_be_used_is_said_at_the_start(address, reason):
    with pytest.raises(ImproperlyConfigured) as caught:
        storage_from(address)
    assert str(caught.value).startswith("MEMBERSNET_STORAGE cannot be used: ")
    assert reason in str(caught.value)
    assert "secret" not in str(caught.value).replace("AWS_SECRET_ACCESS_KEY", "")


@given(st.text(max_size=60))
def test_nonsense_never_becomes_a_storage(text):
    if not text or text.startswith("s3://"):
        return
    with pytest.raises((ImproperlyConfigured, ValueError)):
        storage_from(text)


def test_the_hub_itself_keeps_films_in_a_folder_unless_told_otherwise():
    assert storages["default"].__class__.__name__ == "FileSystemStorage"
