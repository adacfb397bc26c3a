"""Which days began while nobody looked."""

import datetime

from ground.dates import days_begun

DAY = datetime.date


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


def test_no_day_begins_within_a_day():
    days = days_begun(at("2026-11-20 10:00"), at("2026-11-20 11:00"))
    assert days == (DAY(2026, 11, 20), DAY(2026, 11, 20))


def test_a_day_begins_at_midnight_where_the_hub_is():
    days = days_begun(at("2026-07-01 22:30"), at("2026-07-01 23:30"))  # summer time
    assert days == (DAY(2026, 7, 1), DAY(2026, 7, 2))


def test_all_days_began_since_nobody_ever_looked():
    assert days_begun(None, at("2026-11-20 10:00")) == (DAY.min, DAY(2026, 11, 20))


def test_the_last_day_is_looked_at_again_within_two_minutes_of_its_beginning():
    days = days_begun(at("2026-11-20 00:01"), at("2026-11-20 00:02"))
    assert days == (DAY(2026, 11, 19), DAY(2026, 11, 20))
    days = days_begun(at("2026-11-20 00:03"), at("2026-11-20 00:04"))
    assert days == (DAY(2026, 11, 20), DAY(2026, 11, 20))
