"""Scenario 8: at most four bookings of a group in a calendar month."""

from datetime import datetime

import pytest

from services.chassis.errors import Forbidden
from tests.people import RESIDENT, STAFF, member_of
from tests.service.booking.applying import all_of, codes, refusal_of, wanted

MARCH = ("2020-03-23", "2020-03-24", "2020-03-25", "2020-03-26")


def test_fifth_booking_of_a_month_is_refused_until_one_is_cancelled_in_time(bench_of):
    """Scenario 8; and April has places of its own."""
    with bench_of("booking").acting(RESIDENT) as rpc:
        made = [rpc.booking.request_booking(**wanted("edu-1", day, 10, 12)) for day in MARCH]
        refused = refusal_of(rpc.booking.request_booking, **wanted("edu-2", "2020-03-27", 10, 12))
        assert codes(refused) == ["quota_exceeded"]
        assert refused.refusals[0].details == {"month": "2020-03", "most": 4, "used": 4}
        assert rpc.booking.request_booking(**wanted("edu-2", "2020-04-01", 10, 12))["status"] == "pending"
        rpc.booking.cancel_booking(booking_id=made[0]["id"])
        assert rpc.booking.request_booking(**wanted("edu-2", "2020-03-27", 10, 12))["status"] == "pending"


@pytest.mark.parametrize(
    ("cancelled_at", "frees"), [("2020-03-22T20:00:00+09:00", True), ("2020-03-23T08:00:00+09:00", False)]
)
def test_cancellation_of_the_day_before_frees_its_place_and_one_of_the_same_day_does_not(bench_of, cancelled_at, frees):
    bench = bench_of("booking", now="2020-03-16T09:00:00+09:00")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        made = [resident.request_booking(**wanted("edu-1", day, 10, 12)) for day in MARCH]
        for each in made:
            staff.approve_booking(booking_id=each["id"])
        bench.move_clock(datetime.fromisoformat(cancelled_at))
        resident.cancel_booking(booking_id=made[0]["id"])
        wish = wanted("edu-2", "2020-03-31", 10, 12)
        if frees:
            assert resident.request_booking(**wish)["status"] == "pending"
        else:
            assert codes(refusal_of(resident.request_booking, **wish)) == ["quota_exceeded"]


def test_place_is_free_again_when_staff_reject_and_when_an_application_expires(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        first, *others = [resident.request_booking(**wanted("edu-1", day, 10, 12)) for day in MARCH]
        staff.reject_booking(booking_id=first["id"], reason_code="other")
        resident.request_booking(**wanted("edu-2", "2020-03-27", 10, 12))
        assert codes(refusal_of(resident.request_booking, **wanted("edu-2", "2020-03-30", 10, 12))) == [
            "quota_exceeded"
        ]
        bench.move_clock(datetime.fromisoformat("2020-03-12T09:00:00+09:00"))
        assert {resident.get_booking(booking_id=each["id"])["status"] for each in others} == {"expired"}
        assert resident.request_booking(**wanted("edu-2", "2020-03-30", 10, 12))["status"] == "pending"


def test_group_counts_as_one_whoever_of_it_applies(bench_of):
    one, other = member_of("green-alley"), RESIDENT.__class__("member-2", "최회원", frozenset(), ("green-alley",))
    with all_of(bench_of("booking"), one, other) as (first, second):
        for day in MARCH:
            first.request_booking(**wanted("edu-1", day, 10, 12, group_id="green-alley"))
        wish = wanted("edu-2", "2020-03-27", 10, 12)
        assert codes(refusal_of(second.request_booking, **wish, group_id="green-alley")) == ["quota_exceeded"]
        assert second.request_booking(**wish)["status"] == "pending"


def test_group_is_for_its_members_alone(bench_of):
    with bench_of("booking").acting(RESIDENT) as rpc, pytest.raises(Forbidden):
        rpc.booking.request_booking(**wanted("edu-1", MARCH[0], 10, 12, group_id="green-alley"))


def test_change_into_a_full_month_is_refused_and_within_it_is_not(bench_of):
    with bench_of("booking").acting(RESIDENT) as rpc:
        made = [rpc.booking.request_booking(**wanted("edu-1", day, 10, 12)) for day in MARCH]
        april = rpc.booking.request_booking(**wanted("edu-1", "2020-04-01", 10, 12))
        into = {"start": "2020-03-27T10:00:00+09:00", "end": "2020-03-27T12:00:00+09:00"}
        assert codes(refusal_of(rpc.booking.change_booking, booking_id=april["id"], **into)) == ["quota_exceeded"]
        assert rpc.booking.change_booking(booking_id=made[0]["id"], **into)["status"] == "pending"


def test_staff_events_take_no_place(bench_of):
    with bench_of("booking").acting(STAFF) as rpc:
        made = [rpc.booking.request_booking(**wanted("edu-1", "2020-03-23", hour, hour + 1)) for hour in range(9, 15)]
        assert {each["status"] for each in made} == {"approved"}
