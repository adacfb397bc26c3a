"""The expiring part of a film’s address: for one film, one person and some hours."""

import datetime
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.views.signed_urls import ExpiredError, check, sign
from tests.factories.party import MemberFactory


@given(st.text(st.characters(codec="utf-8"), max_size=120))
def test_whatever_is_made_up_is_no_pass(made_up):
    person = MemberFactory.build(pk=7)
    assert check(made_up, uuid4(), person) is False


@given(place=st.integers(0, 51), by=st.integers(1, 60))
def test_a_pass_with_one_sign_changed_is_no_pass(place, by):
    film, person = uuid4(), MemberFactory.build(pk=7)
    given_pass = sign(film, person)
    assert check(given_pass, film, person) is True
    signs = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-"
    changed = signs[(signs.index(given_pass[place]) + by) % 64]
    other = f"{given_pass[:place]}{changed}{given_pass[place + 1 :]}"
    assert check(other, film, person) is False


def test_a_pass_lasts_as_long_as_the_setting_says(settings):
    settings.MEDIA_ADDRESS_SECONDS = 3600
    film, person, now = uuid4(), MemberFactory.build(pk=7), timezone.now()
    half = sign(film, person, now=now - datetime.timedelta(minutes=30))
    assert check(half, film, person) is True
    over = sign(film, person, now=now - datetime.timedelta(minutes=61))
    with pytest.raises(ExpiredError):
        check(over, film, person)
