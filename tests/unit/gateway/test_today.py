"""What the page of today makes of booking's answer."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.web import today

NAMES = {"edu-1": "Classroom 1", "edu-2": "Classroom 2", "hall": "Event hall"}


def at(clock: str) -> str:
    return f"2020-03-10T{clock}:00+09:00"


def entry(space: str, start: str, end: str, status: str = "approved") -> dict:
    return {"space_id": space, "status": status, "held_from": at(start), "held_until": at(end)}


def answer(
    now: str = "10:00", opens: str | None = "09:00", closes: str | None = "21:00", holiday=None, **entries
) -> dict:
    return {
        "now": at(now),
        "date": "2020-03-10",
        "zone": "Asia/Seoul",
        "centre": "Centre",
        "opens": opens and at(opens),
        "closes": closes and at(closes),
        "opens_next": "2020-03-11T09:00:00+09:00",
        "holiday": holiday,
        "spaces": [
            {
                "space": {"id": key, "name": name, "capacity": 30, "walk_in": False},
                "entries": entries.get(key.replace("-", "_"), []),
            }
            for key, name in NAMES.items()
        ],
    }


def row_of(given: dict, number: int = 0) -> today.Row:
    return today.of(given).rows[number]


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (answer("09:00"), "open"),
        (answer("08:59"), "before"),
        (answer("20:59"), "open"),
        (answer("21:00"), "after"),
        (answer(opens=None, closes=None), "closed"),
        (answer(opens=None, closes=None, holiday="Independence Movement Day"), "holiday"),
    ],
)
def test_state_of_the_centre(given, state):
    assert today.of(given).state == state
    assert today.of(given).rows[0].state == ("free" if state == "open" else "closed")


def test_room_is_free_until_the_next_booking():
    row = row_of(answer(edu_1=[entry("edu-1", "14:00", "16:00")]))
    assert (row.state, row.until and row.until.hour) == ("free", 14)


def test_room_is_taken_until_nothing_follows_without_a_gap():
    row = row_of(answer(edu_1=[entry("edu-1", "10:00", "12:00"), entry("edu-1", "12:00", "13:00", "pending")]))
    assert (row.state, row.until and row.until.hour) == ("taken", 13)


def test_room_that_is_only_applied_for_says_so():
    row = row_of(answer(edu_1=[entry("edu-1", "09:00", "11:00", "pending")]))
    assert (row.state, row.taken[0].certain) == ("asked", False)


def test_what_overlaps_in_a_space_of_several_rooms_is_one_stretch():
    overlapping = [entry("edu-1", "10:00", "12:00", "pending"), entry("edu-2", "11:00", "13:00")]
    (stretch,) = row_of(answer(hall=overlapping), 2).taken
    assert (stretch.start.hour, stretch.end.hour, stretch.certain) == (10, 13, True)
    assert stretch.others == ("Classroom 1", "Classroom 2")


def test_stretch_between_two_half_hours_is_widened():
    cells = row_of(answer(edu_1=[entry("edu-1", "10:15", "11:20"), entry("edu-1", "11:20", "11:30")])).cells
    assert [(cell.kind, cell.halves) for cell in cells] == [("free", 2), ("taken", 3), ("free", 19)]


def test_hours_beyond_closing_are_closed():
    cells = row_of(answer(closes="18:00")).cells
    assert [(cell.kind, cell.halves) for cell in cells] == [("free", 18), ("closed", 6)]
    assert [cell.kind for cell in row_of(answer(opens=None, closes=None)).cells] == ["closed"]


def test_day_is_as_long_as_the_centre_is_open():
    early = today.of(answer("08:30", opens="07:30", closes="22:00"))
    assert list(early.hours) == list(range(7, 22))
    assert (early.day, early.minute, early.minutes) == (date(2020, 3, 10), 90, 900)


MINUTES = st.integers(0, 24 * 60 - 1)


@given(st.lists(st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] < pair[1]), max_size=8))
def test_cells_of_a_row_fill_the_day_without_overlap(pairs):
    taken = [entry("edu-1", f"{a // 60:02}:{a % 60:02}", f"{b // 60:02}:{b % 60:02}") for a, b in pairs]
    shown = today.of(answer(edu_1=taken))
    cells = shown.rows[0].cells
    assert sum(cell.halves for cell in cells) == 2 * len(shown.hours)
    assert all(one.end == other.start for one, other in pairwise(cells))
    assert all(cell.halves > 0 for cell in cells)
