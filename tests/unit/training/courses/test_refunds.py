from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.courses import refunds
from services.training.domain.courses.rules import RefundStep

STEPS = (
    RefundStep(Fraction(0), Fraction(1)),
    RefundStep(Fraction(1, 3), Fraction(2, 3)),
    RefundStep(Fraction(1, 2), Fraction(1, 2)),
)
WHOLE = timedelta(hours=12)


@pytest.mark.parametrize(
    ("passed", "owed"), [(0, 30000), (1, 20000), (240, 20000), (241, 15000), (360, 15000), (361, 0), (720, 0)]
)
def test_who_gives_up_a_place_gets_back_by_what_is_over(passed, owed):
    """Minutes of twelve hours, of a fee of 30,000 won."""
    assert refunds.for_giving_up(30000, timedelta(minutes=passed), WHOLE, STEPS) == owed


@given(st.integers(0, 1_000_000), st.lists(st.integers(1, 1440), min_size=1, max_size=8))
def test_sessions_never_bring_more_than_the_fee(fee, minutes):
    whole = timedelta(minutes=sum(minutes))
    parts = [refunds.for_session(fee, timedelta(minutes=each), whole) for each in minutes]
    assert fee - len(parts) < sum(parts) <= fee


def test_course_without_any_time_owes_nothing_for_a_session():
    assert refunds.for_session(30000, timedelta(0), timedelta(0)) == 0
