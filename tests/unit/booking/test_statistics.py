"""The pure part of the statistics: months in parts, rows, utilisation."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.booking.contract.vocabulary import Status
from services.booking.domain.statistics import (
    NO_TIME,
    Group,
    MonthPart,
    Row,
    Utilisation,
    month_parts,
    rows,
    utilisation,
)
from services.centre.vocabulary import Field
from tests.unit.booking.test_gates import RULES

HOUR = timedelta(hours=1)
MARCH, APRIL = month_parts(date(2020, 3, 1), date(2020, 5, 1))
days = st.dates(date(2019, 1, 1), date(2023, 12, 31))


def group(
    part: MonthPart,
    space_id: str = "edu-1",
    status: Status = Status.APPROVED,
    begun: int = 1,
    hours: float = 2,
    **other,
) -> Group:
    usual = {"field": Field.BOTH, "attendees": 10 * begun}
    return Group(part=part, space_id=space_id, status=status, begun=begun, time=hours * HOUR, **{**usual, **other})


@given(days, st.integers(1, 731))
def test_parts_have_every_day_once_in_its_month(start, count):
    parts = month_parts(start, start + timedelta(days=count))
    told = [(day, part.month) for part in parts for day in part.days()]
    wanted = [start + timedelta(days=number) for number in range(count)]
    assert told == [(day, day.isoformat()[:7]) for day in wanted]
    assert len({part.month for part in parts}) == len(parts)


def test_row_has_every_status_but_people_and_time_of_those_that_take_place():
    found = rows([group(MARCH, status=status, begun=number) for number, status in enumerate(Status, 1)])
    begun = {status: number for number, status in enumerate(Status, 1)}
    people = 10 * (begun[Status.APPROVED] + begun[Status.CHECKED_IN])
    assert found == [Row(MARCH.month, "edu-1", Field.BOTH, begun, people, 4 * HOUR)]
    assert found[0].bookings == begun[Status.APPROVED] + begun[Status.CHECKED_IN]


def test_time_that_runs_over_into_a_month_is_there_if_it_is_used():
    over = [group(APRIL, status=status, begun=0) for status in Status]
    assert rows(over) == [
        Row(APRIL.month, "edu-1", Field.BOTH, {Status.APPROVED: 0, Status.CHECKED_IN: 0}, 0, 4 * HOUR)
    ]
    assert rows([group(APRIL, status=Status.CANCELLED, begun=0)]) == []


def test_hall_uses_its_rooms_and_a_room_does_not_use_the_hall():
    groups = [group(MARCH, "hall", hours=4), group(MARCH, "edu-1", hours=2), group(APRIL, "lounge", hours=1)]
    found = utilisation(groups, [MARCH, APRIL], RULES.spaces, RULES.centre)
    assert {(each.month, each.space_id): each.time / HOUR for each in found if each.time} == {
        ("2020-03", "edu-1"): 6,
        ("2020-03", "edu-2"): 4,
        ("2020-03", "lounge"): 4,
        ("2020-03", "hall"): 4,
        ("2020-04", "lounge"): 1,
    }
    assert Counter(each.space_id for each in found) == dict.fromkeys(RULES.spaces, 2)


def test_only_what_takes_place_uses_a_space():
    unused = set(Status) - {Status.APPROVED, Status.CHECKED_IN}
    found = utilisation([group(MARCH, status=status) for status in unused], [MARCH], RULES.spaces, RULES.centre)
    assert {each.time for each in found} == {NO_TIME}


def test_ratio_is_exact_and_none_where_the_centre_is_never_open():
    assert Utilisation(MARCH.month, "edu-1", 7 * HOUR, 21 * HOUR).ratio == Fraction(1, 3)
    assert Utilisation(MARCH.month, "edu-1", 7 * HOUR, NO_TIME).ratio is None
