"""What may change a series."""

import pytest

from ground.refusals import Refused
from library.facts.actions.series import delete_series, hide_series, publish_series
from library.facts.models import Series, SeriesValue
from tests.library.facts.views.test_series import NOW, OVER_TIME, make_series


def test_a_series_without_values_is_not_published_and_a_published_one_not_deleted(db):
    empty = make_series({}, "empty")
    with pytest.raises(Refused, match="has no values"):
        publish_series(empty, by=None, now=NOW)
    series = make_series(OVER_TIME)
    with pytest.raises(Refused, match="Hide it before you delete it"):
        delete_series(series, by=None, now=NOW)

    hide_series(series, by=None, now=NOW)
    delete_series(series, by=None, now=NOW)

    assert (list(Series.objects.all()), SeriesValue.objects.count()) == ([empty], 0)
