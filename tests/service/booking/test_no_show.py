"""Scenario 12: who does not come loses the room and gets a point; three points bring a ban."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from services.booking.models import Penalty
from services.chassis.errors import IllegalTransition
from tests.people import NEIGHBOUR, RESIDENT, STAFF, member_of
from tests.service.booking.applying import all_of, approved, codes, held_rooms, moment, read, refusal_of, told, wanted

DAY = "2020-03-20"


def booked_at_ten(bench) -> str:
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        return approved(resident, staff, **wanted("edu-1", DAY, 10, 12))["id"]


@pytest.mark.parametrize("clock", ["09:45", "09:59", "10:00", "10:14"])
def test_check_in_is_open_from_a_quarter_before_until_a_quarter_after(bench_of, clock):
    bench = bench_of("booking")
    booking = booked_at_ten(bench)
    bench.move_clock(moment(DAY, clock))
    with bench.acting(RESIDENT) as rpc:
        assert rpc.booking.check_in(booking_id=booking)["status"] == "checked_in"
    bench.move_clock(moment(DAY, "10:15"))
    with bench.acting(RESIDENT) as rpc:
        assert rpc.booking.get_booking(booking_id=booking)["status"] == "checked_in"
    assert held_rooms(bench) == ["edu-1"]
    assert [event["data"]["booking_id"] for event in told(bench, "booking_checked_in")] == [booking]
    assert told(bench, "booking_no_show", "penalty_imposed") == []


def test_check_in_sixteen_minutes_before_is_too_early_and_says_when(bench_of):
    bench = bench_of("booking")
    booking = booked_at_ten(bench)
    bench.move_clock(moment(DAY, "09:44"))
    with bench.acting(RESIDENT) as rpc, pytest.raises(IllegalTransition) as early:
        rpc.booking.check_in(booking_id=booking)
    assert early.value.details == {"state": "early", "wanted": "check_in", "opens": "2020-03-20 09:45"}


def test_nobody_there_after_a_quarter_of_an_hour_frees_the_room_and_brings_a_point(bench_of):
    """Scenario 12."""
    bench = bench_of("booking")
    booking = booked_at_ten(bench)
    bench.move_clock(moment(DAY, "10:14"))
    assert held_rooms(bench) == ["edu-1"]
    bench.move_clock(moment(DAY, "10:15"))
    assert held_rooms(bench) == []
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        missed = resident.get_booking(booking_id=booking)
        assert (missed["status"], missed["refund"]) == ("no_show", 0)
        with pytest.raises(IllegalTransition):
            resident.check_in(booking_id=booking)
        assert staff.request_booking(**wanted("edu-1", DAY, 11, 12))["status"] == "approved"
    assert [event["data"]["booking_id"] for event in told(bench, "booking_no_show")] == [booking]
    (penalty,) = told(bench, "penalty_imposed")
    assert (penalty["data"]["person_id"], penalty["data"]["ban_until"]) == ("resident-1", None)
    assert penalty["data"]["imposed_at"] == "2020-03-20T10:15:00+09:00"


def test_check_in_is_too_late_at_a_quarter_past_even_before_the_release_has_run(bench_of, monkeypatch):
    bench = bench_of("booking")
    booking = booked_at_ten(bench)
    monkeypatch.setattr("services.booking.usecases.release_no_shows", lambda *_, **__: False)
    bench.move_clock(moment(DAY, "10:15"))
    with bench.acting(RESIDENT) as rpc, pytest.raises(IllegalTransition) as late:
        rpc.booking.check_in(booking_id=booking)
    assert late.value.details["state"] == "late"


def test_pending_booking_cannot_be_checked_in(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        made = rpc.booking.request_booking(**wanted("edu-1", DAY, 10, 12))
        with pytest.raises(IllegalTransition):
            rpc.booking.check_in(booking_id=made["id"])


def test_what_the_centre_does_itself_is_never_missed(bench_of):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        event = rpc.booking.request_booking(**wanted("edu-1", DAY, 10, 12))
        bench.move_clock(moment(DAY, "11:00"))
        assert rpc.booking.get_booking(booking_id=event["id"])["status"] == "approved"


def missed_on(bench, *days: str) -> None:
    """Books each day in turn, a week and a day ahead, and does not come."""
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        for day in days:
            bench.move_clock(moment(day, "08:00") - timedelta(days=8))
            approved(resident, staff, **wanted("edu-1", day, 10, 12))
            bench.move_clock(moment(day, "10:15"))


def bans(bench) -> list[datetime | None]:
    return read(bench, select(Penalty.ban_until).order_by(Penalty.imposed_at))


def test_third_point_within_ninety_days_is_a_ban_of_thirty(bench_of):
    """Scenario 12: days 1, 40 and 90."""
    bench = bench_of("booking")
    missed_on(bench, "2020-03-20", "2020-04-28", "2020-06-17")
    assert bans(bench) == [None, None, moment("2020-07-17", "10:15")]
    (event,) = [each for each in told(bench, "penalty_imposed") if each["data"]["ban_until"]]
    assert event["data"]["ban_until"] == "2020-07-17T10:15:00+09:00"

    wish = wanted("edu-1", "2020-06-30", 10, 12)
    with all_of(bench, RESIDENT, NEIGHBOUR) as (resident, neighbour):
        refused = refusal_of(resident.request_booking, **wish)
        assert codes(refused) == ["banned"]
        assert refused.refusals[0].details == {"points": 3, "until": "2020-07-17 10:15"}
        assert neighbour.request_booking(**wish)["status"] == "pending"


def test_ban_ends_to_the_minute(bench_of):
    bench = bench_of("booking")
    missed_on(bench, "2020-03-20", "2020-04-28", "2020-06-17")
    wish = wanted("edu-1", "2020-07-28", 10, 12)
    with bench.acting(RESIDENT) as rpc:
        bench.move_clock(moment("2020-07-17", "10:14"))
        assert codes(refusal_of(rpc.booking.request_booking, **wish)) == ["banned"]
        bench.move_clock(moment("2020-07-17", "10:15"))
        assert rpc.booking.request_booking(**wish)["status"] == "pending"


def test_points_of_days_1_40_and_95_are_no_ban(bench_of):
    """Scenario 12."""
    bench = bench_of("booking")
    missed_on(bench, "2020-03-20", "2020-04-28", "2020-06-22")
    assert bans(bench) == [None, None, None]
    with bench.acting(RESIDENT) as rpc:
        assert rpc.booking.request_booking(**wanted("edu-1", "2020-07-01", 10, 12))["status"] == "pending"


def test_point_is_of_the_time_that_was_missed_however_late_it_is_found(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        for hour in (9, 12, 15):
            approved(resident, staff, **wanted("edu-1", DAY, hour, hour + 2))
    bench.move_clock(datetime.fromisoformat("2020-03-25T09:00:00+09:00"))
    penalties = [(event["data"]["imposed_at"], event["data"]["ban_until"]) for event in told(bench, "penalty_imposed")]
    assert penalties == [
        ("2020-03-20T09:15:00+09:00", None),
        ("2020-03-20T12:15:00+09:00", None),
        ("2020-03-20T15:15:00+09:00", "2020-04-19T15:15:00+09:00"),
    ]


def test_ban_is_the_persons_also_when_they_apply_for_a_group(bench_of):
    bench = bench_of("booking")
    missed_on(bench, "2020-03-20", "2020-03-30", "2020-04-09")
    wish = wanted("edu-1", "2020-04-20", 10, 12, group_id="green-alley")
    for_group = RESIDENT.__class__(RESIDENT.id, RESIDENT.name, RESIDENT.roles, ("green-alley",))
    with all_of(bench, for_group, member_of("green-alley")) as (banned, other):
        assert codes(refusal_of(banned.request_booking, **wish)) == ["banned"]
        assert other.request_booking(**wish)["status"] == "pending"
