"""Places in a film as people write them."""

import pytest

from media_pipeline.steps.clock import spoken_time


@pytest.mark.parametrize(
    ("seconds", "spoken"), [(0, "0:00"), (7.9, "0:07"), (750, "12:30"), (3723.5, "1:02:03")]
)
def test_a_place_in_a_film_is_written_as_people_write_it(seconds, spoken):
    assert spoken_time(seconds) == spoken
