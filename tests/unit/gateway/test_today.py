"""What the page of today makes of booking's answer."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from flask import Flask, g
from hypothesis import given
from hypothesis import strategies as st

from services.booking.contract import plan as contract
from services.chassis.context import Context
from services.chassis.contract_schemas import answer_schema
from services.gateway.web import today
from services.gateway.web.plan import Plan
from services.gateway.web.timeline import Cell

ROOMS = {"edu-1": ["edu-1"], "edu-2": ["edu-2"], "hall": ["edu-1", "edu-2"]}
NAMES = {"edu-1": "Classroom 1", "edu-2": "Classroom 2", "hall": "Event hall"}


@pytest.fixture(autouse=True)
def request_in_english():
    with Flask(__name__).test_request_context():
        g.context = Context.begin(locale="en")
        yield


def at(clock: str) -> str:
    return f"2020-03-10T{clock}:00+09:00"


def entry(space: str, start: str, end: str, status: str = "approved") -> dict:
    times = {"start": at(start), "end": at(end), "held_from": at(start), "held_until": at(end)}
    return {"space_id": space, "status": status, **times, "title": None, "booking_id": None}


def space(key: str, name: str) -> dict:
    known = {"id": key, "name": name, "capacity": 30, "walk_in": False, "rooms": ROOMS[key]}
    return {**known, "names": {"en": name}, "buffer_minutes": 0, "fee_per_hour": 0}


def closure(space_ids: list[str], reason: str) -> dict:
    """From nine to twelve."""
    told = {"declared_at": at("08:00"), "lifted_at": None, "settled": True, "force_majeure": False}
    return {"id": "c", "from": at("09:00"), "to": at("12:00"), "reason": reason, "space_ids": space_ids, **told}


def answer(
    now: str = "10:00", opens: str | None = "09:00", closes: str | None = "21:00", holiday=None, closures=(), **entries
) -> Plan:
    """The plan of one day."""
    taken = [{"space_id": key, "entries": entries.get(key.replace("-", "_"), [])} for key in NAMES]
    day = {"date": "2020-03-10", "holiday": holiday, "spaces": taken, "entries": []}
    plan = answer_schema(contract.Plan)().load(
        {
            "now": at(now),
            "zone": "Asia/Seoul",
            "centre": "Centre",
            "opens_next": "2020-03-11T09:00:00+09:00",
            "first_day": "2020-03-17",
            "last_day": "2020-04-10",
            "fewest_attendees": 5,
            "spaces": [space(key, name) for key, name in NAMES.items()],
            "days": [{**day, "opens": opens and at(opens), "closes": closes and at(closes)}],
            "closures": list(closures),
            "fill": [],
        }
    )
    return Plan(plan)


def room_of(given: Plan, number: int = 0) -> today.Room:
    return today.of(given).rooms[number]


def cells_of(given: Plan) -> Sequence[Cell]:
    return today.of(given).timeline.rows[0].cells


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
    assert today.of(given).rooms[0].state == ("free" if state == "open" else "closed")


def test_closure_of_the_whole_centre_is_its_state():
    shown = today.of(answer(closures=[closure([], "방역")]))
    assert (shown.state, shown.closure, shown.rooms[0].state) == ("closure", "방역", "closed")


def test_closure_of_a_room_closes_the_spaces_that_have_it_and_no_others():
    shown = today.of(answer(closures=[closure(["edu-1"], "수리")]))
    assert (shown.state, [room.state for room in shown.rooms]) == ("open", ["closed", "free", "closed"])


def test_room_is_free_until_the_next_booking():
    room = room_of(answer(edu_1=[entry("edu-1", "14:00", "16:00")]))
    assert (room.state, room.until and room.until.hour) == ("free", 14)


def test_room_is_taken_until_nothing_follows_without_a_gap():
    room = room_of(answer(edu_1=[entry("edu-1", "10:00", "12:00"), entry("edu-1", "12:00", "13:00", "pending")]))
    assert (room.state, room.until and room.until.hour) == ("taken", 13)


def test_room_that_is_only_applied_for_says_so():
    room = room_of(answer(edu_1=[entry("edu-1", "09:00", "11:00", "pending")]))
    assert (room.state, room.taken[0].kind) == ("asked", "asked")


def test_what_overlaps_in_a_space_of_several_rooms_is_one_stretch():
    overlapping = [entry("edu-1", "10:00", "12:00", "pending"), entry("edu-2", "11:00", "13:00")]
    (stretch,) = room_of(answer(hall=overlapping), 2).taken
    assert (stretch.start.hour, stretch.end.hour, stretch.kind) == (10, 13, "taken")
    assert stretch.others == ("Classroom 1", "Classroom 2")


def test_stretch_between_two_half_hours_is_widened():
    cells = cells_of(answer(edu_1=[entry("edu-1", "10:15", "11:20"), entry("edu-1", "11:20", "11:30")]))
    assert [(cell.kind, cell.halves) for cell in cells] == [("free", 2), ("taken", 3), ("free", 19)]


def test_hours_beyond_closing_are_closed():
    cells = cells_of(answer(closes="18:00"))
    assert [(cell.kind, cell.halves) for cell in cells] == [("free", 18), ("closed", 6)]
    assert [cell.kind for cell in cells_of(answer(opens=None, closes=None))] == ["closed"]


def test_day_is_as_long_as_the_centre_is_open():
    early = today.of(answer("08:30", opens="07:30", closes="22:00"))
    assert list(early.timeline.hours) == list(range(7, 22))
    assert (early.day, early.timeline.minute, early.timeline.minutes) == (date(2020, 3, 10), 90, 900)


MINUTES = st.integers(0, 24 * 60 - 1)


@given(st.lists(st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] < pair[1]), max_size=8))
def test_cells_of_a_row_fill_the_day_without_overlap(pairs):
    taken = [entry("edu-1", f"{a // 60:02}:{a % 60:02}", f"{b // 60:02}:{b % 60:02}") for a, b in pairs]
    shown = today.of(answer(edu_1=taken)).timeline
    cells = shown.rows[0].cells
    assert sum(cell.halves for cell in cells) == 2 * len(shown.hours)
    assert all(one.end == other.start for one, other in pairwise(cells))
    assert all(cell.halves > 0 for cell in cells)
