from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.period import Period

SEOUL = ZoneInfo("Asia/Seoul")
hours = st.integers(0, 200)
EPOCH = datetime(2020, 3, 1, tzinfo=UTC)


def period(start: int, length: int, zone: ZoneInfo = SEOUL) -> Period:
    return Period(EPOCH + timedelta(hours=start), EPOCH + timedelta(hours=start + length), zone)


def test_naive_or_reversed_period_is_refused():
    with pytest.raises(ValueError, match="zone"):
        Period(datetime(2020, 3, 1), datetime(2020, 3, 2), SEOUL)  # noqa: DTZ001
    with pytest.raises(ValueError, match="after it starts"):
        Period(EPOCH, EPOCH, SEOUL)


@given(hours, st.integers(1, 30), hours, st.integers(1, 30))
def test_periods_overlap_exactly_when_they_share_an_hour(start, length, other_start, other_length):
    shared = set(range(start, start + length)) & set(range(other_start, other_start + other_length))
    assert period(start, length).overlaps(period(other_start, other_length)) == bool(shared)


@given(hours, st.integers(1, 100), st.sampled_from(sorted(available_timezones())))
def test_parts_by_local_day_make_up_the_whole(start, length, zone):
    whole = period(start, length, ZoneInfo(zone))
    parts = [whole.on_day(day) for day in whole.local_days()]
    assert None not in parts
    assert parts[0].start == whole.start
    assert parts[-1].end == whole.end
    assert all(earlier.end == later.start for earlier, later in pairwise(parts))


def test_night_event_is_on_both_days():
    """Scenario 9: 31 March 22:00 to 1 April 02:00 in Seoul."""
    night = Period(datetime(2020, 3, 31, 22, tzinfo=SEOUL), datetime(2020, 4, 1, 2, tzinfo=SEOUL), SEOUL)
    assert list(night.local_days()) == [date(2020, 3, 31), date(2020, 4, 1)]


def test_period_until_midnight_is_on_one_day():
    evening = Period(datetime(2020, 3, 31, 22, tzinfo=SEOUL), datetime(2020, 4, 1, 0, tzinfo=SEOUL), SEOUL)
    assert list(evening.local_days()) == [date(2020, 3, 31)]
