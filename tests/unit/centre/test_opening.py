from datetime import date

import pytest

from services.centre.profile import CentreSchema
from tests import centre

CENTRE = CentreSchema().load(centre.content()["centre"])


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2020, 3, 20), ("09:00", "21:00")),
        (date(2020, 3, 21), ("09:00", "18:00")),
        (date(2020, 3, 22), None),
        (date(2020, 4, 15), None),  # election day
        (date(2020, 1, 27), None),  # substitute day of Seollal
        (date(2020, 8, 17), None),  # temporary holiday
        (date(2026, 5, 1), None),
        (date(2026, 7, 17), None),
    ],
)
def test_hours_of_a_day(day, hours):
    period = CENTRE.open_hours(day)
    assert (period and (f"{period.local_start:%H:%M}", f"{period.local_end:%H:%M}")) == hours


def test_two_business_days_after_a_friday_before_a_holiday():
    """Friday 28 Feb 2020 -> Monday 2 March, Tuesday 3 March; 1 March fell on the Sunday."""
    assert CENTRE.business_days_after(date(2020, 2, 28), 2) == date(2020, 3, 3)
    assert CENTRE.business_days_after(date(2020, 4, 14), 1) == date(2020, 4, 16)
