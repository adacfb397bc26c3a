"""Series: who may read one, and what it must say."""

from django.contrib.auth.models import AnonymousUser

from library.facts.models import Series
from tests.factories.library import make_series

OVER_TIME = {"Wales": {2010: 40, 2019: 40, 2024: 32}, "Scotland": {2010: 59, 2024: 57}}


def test_who_may_see_a_series(member):
    make_series(OVER_TIME, "open", audience="anyone")
    make_series(OVER_TIME, "members")
    make_series({}, "unpublished", audience="anyone")

    assert [one.slug for one in Series.objects.visible_to(AnonymousUser())] == ["open"]
    assert {one.slug for one in Series.objects.visible_to(member)} == {"open", "members"}
