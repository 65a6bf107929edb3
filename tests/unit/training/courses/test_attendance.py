"""What marks come to, also against somebody who walks through the session minute by minute."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.period import Period
from services.training.contract.vocabulary import Direction
from services.training.domain.courses.attendance import attended, earns_certificate

SEOUL = ZoneInfo("Asia/Seoul")
TEN = datetime(2020, 3, 20, 10, tzinfo=SEOUL)
SESSION = Period(TEN, TEN + timedelta(minutes=60), SEOUL)
IN, OUT = Direction.IN, Direction.OUT


def at(minute: int) -> datetime:
    return TEN + timedelta(minutes=minute)


@pytest.mark.parametrize(
    ("marks", "minutes"),
    [
        ([], 0),
        ([(0, IN), (60, OUT)], 60),
        ([(-20, IN), (80, OUT)], 60),  # before it began and after it ended nothing counts
        ([(10, IN), (30, OUT), (40, IN), (50, OUT)], 30),
        ([(10, IN)], 50),  # never left
        ([(30, OUT)], 0),  # never came
        ([(10, IN), (20, IN), (30, OUT), (40, OUT)], 20),
        ([(10, IN), (20, IN), (20, OUT), (30, OUT)], 20),  # both at one moment are nothing
        ([(-30, IN), (-10, OUT)], 0),
        ([(70, IN)], 0),
    ],
)
def test_minutes(marks, minutes):
    assert attended([(at(minute), way) for minute, way in marks], SESSION) == timedelta(minutes=minutes)


marks = st.lists(st.tuples(st.integers(-40, 100), st.sampled_from(Direction)), max_size=12)


@given(marks)
def test_same_as_minute_by_minute(found):
    there, minutes = False, 0
    for minute in range(-40, 101):
        ways = {way for moment, way in found if moment == minute}
        there = there if len(ways) != 1 else ways == {IN}
        minutes += there and 0 <= minute < 60
    assert attended([(at(minute), way) for minute, way in found], SESSION) == timedelta(minutes=minutes)


@given(marks, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(found, chance):
    known = [(at(minute), way) for minute, way in found]
    again = known + chance.sample(known, len(known) // 2)
    chance.shuffle(again)
    assert attended(again, SESSION) == attended(known, SESSION)


@pytest.mark.parametrize(
    ("minutes", "of", "earned"),
    [(1199, 1500, False), (1200, 1500, True), (360, 360, True), (0, 0, False), (79, 99, False), (80, 99, True)],
)
def test_certificate_from_80_percent_on(minutes, of, earned):
    assert earns_certificate(timedelta(minutes=minutes), timedelta(minutes=of), 80) is earned


def test_a_second_short_is_too_short():
    assert not earns_certificate(timedelta(minutes=1200, seconds=-1), timedelta(minutes=1500), 80)
