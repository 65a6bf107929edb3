"""Scenario 15: the lounge is for everybody who comes by, forty at once, and not while something is on in it."""

import pytest

from services.chassis.errors import Forbidden, Invalid, NotFound
from tests.people import NEIGHBOUR, RESIDENT, STAFF
from tests.service.booking.applying import all_of, approved, codes, moment, refusal_of, wanted

LOUNGE = {"space_id": "lounge"}


def test_forty_first_is_refused_until_somebody_leaves(bench_of):
    """Scenario 15."""
    with all_of(bench_of("booking"), STAFF, RESIDENT) as (staff, resident):
        assert staff.change_walk_ins(**LOUNGE, change=39)["inside"] == 39
        assert resident.change_walk_ins(**LOUNGE, change=1)["inside"] == 40
        full = refusal_of(resident.change_walk_ins, **LOUNGE, change=1)
        assert codes(full) == ["walk_in_full"]
        assert full.refusals[0].details == {"space_id": "lounge", "reason": "capacity", "capacity": 40, "inside": 40}
        staff.change_walk_ins(**LOUNGE, change=-1)
        assert resident.change_walk_ins(**LOUNGE, change=1) == {
            "space_id": "lounge",
            "day": "2020-03-10",
            "inside": 40,
            "came": 41,
            "capacity": 40,
        }


def test_hall_from_its_buffer_on_stops_walk_ins(bench_of):
    """Scenario 15: the hall at 14:00 to 17:00, so from 13:30 to 17:30. Who is inside may leave."""
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF, NEIGHBOUR) as (resident, staff, neighbour):
        approved(resident, staff, **wanted("hall", "2020-03-20", 14, 17, attendees=80))
        bench.move_clock(moment("2020-03-20", "13:29"))
        neighbour.change_walk_ins(**LOUNGE, change=1)
        for clock in ("13:30", "14:10"):
            bench.move_clock(moment("2020-03-20", clock))
            held = refusal_of(neighbour.change_walk_ins, **LOUNGE, change=1)
            assert codes(held) == ["walk_in_full"]
            assert held.refusals[0].details == {"space_id": "lounge", "reason": "held", "until": "17:30"}
        resident.check_in(booking_id=resident.list_bookings()["items"][0]["id"])
        assert neighbour.change_walk_ins(**LOUNGE, change=-1)["inside"] == 0
        bench.move_clock(moment("2020-03-20", "17:29"))
        assert codes(refusal_of(neighbour.change_walk_ins, **LOUNGE, change=1)) == ["walk_in_full"]
        bench.move_clock(moment("2020-03-20", "17:30"))
        assert neighbour.change_walk_ins(**LOUNGE, change=1)["inside"] == 1


def test_classroom_beside_it_stops_nobody(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF, NEIGHBOUR) as (resident, staff, neighbour):
        approved(resident, staff, **wanted("edu-1", "2020-03-20", 14, 17))
        bench.move_clock(moment("2020-03-20", "14:10"))
        assert neighbour.change_walk_ins(**LOUNGE, change=1)["inside"] == 1


def test_each_day_is_counted_anew(bench_of):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        rpc.booking.change_walk_ins(**LOUNGE, change=12)
        bench.move_clock(moment("2020-03-11", "09:00"))
        assert rpc.booking.change_walk_ins(**LOUNGE, change=2)["came"] == 2


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("2020-03-10T08:59:00+09:00", "outside_hours"),
        ("2020-03-10T21:00:00+09:00", "outside_hours"),
        ("2020-03-15T11:00:00+09:00", "centre_closed"),
        ("2020-04-15T11:00:00+09:00", "centre_closed"),
    ],
)
def test_nobody_walks_in_while_the_centre_is_closed(bench_of, now, code):
    with bench_of("booking", now=now).acting(RESIDENT) as rpc:
        assert codes(refusal_of(rpc.booking.change_walk_ins, **LOUNGE, change=1)) == [code]


def test_closure_stops_walk_ins_at_once_and_until_it_is_lifted(bench_of):
    bench = bench_of("booking")
    with all_of(bench, STAFF, RESIDENT) as (staff, resident):
        closed = staff.declare_closure(**{"from": "2020-03-10T09:00:00", "to": "2020-03-11", "reason": "방역"})
        assert codes(refusal_of(resident.change_walk_ins, **LOUNGE, change=1)) == ["closure"]
        staff.lift_closure(closure_id=closed["id"])
        assert resident.change_walk_ins(**LOUNGE, change=1)["inside"] == 1


def test_more_cannot_leave_than_are_inside(bench_of):
    with all_of(bench_of("booking"), STAFF, RESIDENT) as (staff, resident):
        resident.change_walk_ins(**LOUNGE, change=1)
        with pytest.raises(Invalid):
            staff.change_walk_ins(**LOUNGE, change=-2)
        assert resident.change_walk_ins(**LOUNGE, change=-1)["inside"] == 0


def test_only_staff_count_several_at_once_and_only_who_is_logged_in_counts(bench_of):
    bench = bench_of("booking")
    for actor in (RESIDENT, None):
        with bench.acting(actor) as rpc, pytest.raises(Forbidden):
            rpc.booking.change_walk_ins(**LOUNGE, change=2)
    with bench.acting() as rpc, pytest.raises(Forbidden):
        rpc.booking.change_walk_ins(**LOUNGE, change=1)


def test_room_that_is_booked_is_not_walked_into(bench_of):
    with bench_of("booking").acting(STAFF) as rpc, pytest.raises(NotFound):
        rpc.booking.change_walk_ins(space_id="edu-1", change=1)
