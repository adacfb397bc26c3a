"""A film on its way in: whose it is, and how long it is kept."""

import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from media_pipeline.models import Upload
from tests.factories.media_pipeline import FilmFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = datetime.timedelta(days=1)


def upload(person, **fields) -> Upload:
    times = {"created_at": NOW, "expires_at": NOW + DAY}
    return Upload.objects.create(**{"uploaded_by": person, "length": 10, **times, **fields})


def test_nobody_but_its_person_knows_of_an_upload(people):
    own = upload(people["author"])
    seen = {name for name, one in people.items() if own in Upload.objects.visible_to(one)}
    assert seen == {"author"}


def test_who_may_upload_no_more_has_no_uploads(people):
    upload(people["member"])
    assert not Upload.objects.visible_to(people["member"]).exists()


def test_what_became_a_film_or_expired_is_not_open(people):
    author = people["author"]
    waiting = upload(author)
    used = upload(author, film=FilmFactory())
    over = upload(author, expires_at=NOW)
    assert list(Upload.objects.open(NOW)) == [waiting]
    assert set(Upload.objects.unused()) == {waiting, over}
    assert list(Upload.objects.expired(NOW)) == [over]
    assert set(Upload.objects.expired(NOW + DAY)) == {waiting, used, over}


def test_it_is_complete_with_its_last_byte_and_never_longer(people):
    assert not upload(people["author"], offset=9).is_complete
    assert upload(people["author"], offset=10).is_complete
    with pytest.raises(IntegrityError):
        upload(people["author"], offset=11)
