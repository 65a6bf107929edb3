"""Scenario 11, and what else decides what a booking costs: its hours, the tenant's allowance, exemptions, refunds."""

from datetime import datetime

import pytest

from services.chassis.errors import Forbidden, NotFound
from tests.people import RESIDENT, STAFF, member_of
from tests.service.booking.applying import all_of, approved, dead_letters, tell, told, wanted

TENANT = member_of("org-1")
STARTED = {"tenancy_id": "tenancy-1", "organisation_id": "org-1", "starts_on": "2020-03-01"}


def meeting(day: str, start: int, end: int, **other) -> dict:
    return wanted("meeting", day, start, end, group_id="org-1", **other)


@pytest.mark.parametrize(
    ("space", "hours", "fee"), [("edu-1", 1, 10_000), ("edu-2", 3, 30_000), ("meeting", 2, 10_000), ("hall", 3, 60_000)]
)
def test_fee_is_by_the_hour_and_the_space(bench_of, space, hours, fee):
    with bench_of("booking").acting(RESIDENT) as rpc:
        assert rpc.booking.request_booking(**wanted(space, "2020-03-20", 10, 10 + hours))["fee"] == fee


@pytest.mark.parametrize(
    ("cancelled_at", "refund"),
    [
        ("2020-03-20T23:59:00+09:00", 40_000),  # 7 days before
        ("2020-03-21T00:01:00+09:00", 36_000),  # 6 days, however few hours later
        ("2020-03-24T12:00:00+09:00", 36_000),  # 3 days
        ("2020-03-25T12:00:00+09:00", 28_000),  # 2 days
        ("2020-03-26T23:59:00+09:00", 28_000),  # 1 day
        ("2020-03-27T00:00:00+09:00", 0),  # the same day
    ],
)
def test_refund_by_the_days_before(bench_of, cancelled_at, refund):
    """Scenario 11: 40,000 won for four hours on 27 March."""
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        made = approved(resident, staff, **wanted("edu-1", "2020-03-27", 10, 14))
        assert (made["fee"], made["refund"]) == (40_000, None)
        bench.move_clock(datetime.fromisoformat(cancelled_at))
        cancelled = resident.cancel_booking(booking_id=made["id"])
    assert (cancelled["status"], cancelled["fee"], cancelled["refund"]) == ("cancelled", 40_000, refund)
    (event,) = told(bench, "booking_cancelled")
    assert (event["data"]["fee"], event["data"]["refund"]) == (40_000, refund)


def test_force_majeure_gives_everything_back_on_the_day_itself_and_only_staff_may_say_so(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        made = approved(resident, staff, **wanted("edu-1", "2020-03-27", 10, 14))
        bench.move_clock(datetime.fromisoformat("2020-03-27T08:00:00+09:00"))
        with pytest.raises(Forbidden):
            resident.cancel_booking(booking_id=made["id"], force_majeure=True)
        cancelled = staff.cancel_booking(booking_id=made["id"], force_majeure=True, note="정전입니다.")
    assert (cancelled["status"], cancelled["refund"], cancelled["note"]) == ("cancelled", 40_000, "정전입니다.")


def test_nothing_is_owed_for_what_is_rejected_or_has_expired(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        rejected, expired = (
            resident.request_booking(**wanted("edu-1", "2020-03-27", hour, hour + 1)) for hour in (9, 11)
        )
        staff.reject_booking(booking_id=rejected["id"], reason_code="other")
        bench.move_clock(datetime.fromisoformat("2020-03-12T09:00:00+09:00"))
        for each in (rejected, expired):
            found = resident.get_booking(booking_id=each["id"])
            assert (found["fee"], found["refund"]) == (10_000, 10_000)


@pytest.mark.parametrize(
    ("ground", "fee"), [("public_benefit", 0), ("village_grant", 15_000), ("social_enterprise", 15_000)]
)
def test_exemption_waives_its_part_and_keeps_its_evidence(bench_of, ground, fee):
    claim = {"ground": ground, "evidence": "2020-마을-17호 선정 통지서"}
    with bench_of("booking").acting(RESIDENT) as rpc:
        made = rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 13), exemption=claim)
    assert (made["fee"], made["exemption"]) == (fee, claim)


def test_exemption_on_a_ground_that_the_centre_does_not_know_is_not_found(bench_of):
    claim = {"ground": "friend_of_the_director", "evidence": "-"}
    with bench_of("booking").acting(RESIDENT) as rpc, pytest.raises(NotFound):
        rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 13), exemption=claim)


def test_tenant_has_ten_free_hours_a_month_in_the_meeting_room_and_pays_then(bench_of):
    bench = bench_of("booking")
    tell(bench, "recruitment", "tenancy_started", STARTED, sequence=1)
    bench.settle()
    with bench.acting(TENANT) as rpc:
        request = rpc.booking.request_booking
        first, second, third, april, classroom = (
            request(**meeting("2020-03-23", 9, 15)),
            request(**meeting("2020-03-24", 9, 15)),
            request(**meeting("2020-03-25", 9, 11)),
            request(**meeting("2020-04-01", 9, 11)),
            request(**wanted("edu-1", "2020-04-02", 9, 11, group_id="org-1")),
        )
    told_ = [(each["fee"], each["allowance_minutes"]) for each in (first, second, third, april, classroom)]
    assert told_ == [(0, 360), (10_000, 240), (10_000, 0), (0, 120), (20_000, 0)]


def test_hours_of_a_cancelled_booking_are_free_again(bench_of):
    bench = bench_of("booking")
    tell(bench, "recruitment", "tenancy_started", STARTED, sequence=1)
    bench.settle()
    with bench.acting(TENANT) as rpc:
        made = rpc.booking.request_booking(**meeting("2020-03-23", 9, 19))
        rpc.booking.cancel_booking(booking_id=made["id"])
        again = rpc.booking.request_booking(**meeting("2020-03-24", 9, 20))
    assert (again["fee"], again["allowance_minutes"]) == (5_000, 600)


def test_allowance_is_the_organisations_not_its_members(bench_of):
    bench = bench_of("booking")
    tell(bench, "recruitment", "tenancy_started", STARTED, sequence=1)
    bench.settle()
    with bench.acting(TENANT) as rpc:
        assert rpc.booking.request_booking(**wanted("meeting", "2020-03-23", 9, 11))["fee"] == 10_000


def test_allowance_begins_and_ends_with_the_tenancy(bench_of):
    bench = bench_of("booking")
    tell(bench, "recruitment", "tenancy_started", {**STARTED, "starts_on": "2020-03-25"}, sequence=1)
    bench.settle()
    tell(bench, "recruitment", "tenancy_ended", {"tenancy_id": "tenancy-1", "ended_on": "2020-04-01"}, sequence=2)
    bench.settle()
    with bench.acting(TENANT) as rpc:
        days = ("2020-03-24", "2020-03-25", "2020-03-31", "2020-04-01")
        fees = [rpc.booking.request_booking(**meeting(day, 9, 10))["fee"] for day in days]
    assert fees == [5_000, 0, 0, 5_000]


def test_end_of_a_tenancy_that_comes_before_its_start_waits_for_it(bench_of):
    bench = bench_of("booking")
    tell(bench, "recruitment", "tenancy_ended", {"tenancy_id": "tenancy-1", "ended_on": "2020-03-20"}, sequence=2)
    bench.settle()
    tell(bench, "recruitment", "tenancy_started", STARTED, sequence=1)
    bench.settle()
    bench.move_clock(datetime.fromisoformat("2020-03-10T09:01:00+09:00"))
    with bench.acting(TENANT) as rpc:
        assert rpc.booking.request_booking(**meeting("2020-03-24", 9, 11))["fee"] == 10_000
    assert dead_letters(bench) == []


def test_series_uses_up_the_allowance_date_by_date(bench_of):
    bench = bench_of("booking")
    tell(bench, "recruitment", "tenancy_started", STARTED, sequence=1)
    bench.settle()
    weekly = {"rrule": "FREQ=WEEKLY;COUNT=4"}
    with bench.acting(TENANT) as rpc:
        made = rpc.booking.request_booking(**meeting("2020-03-17", 9, 15, recurrence=weekly))
        fees = [rpc.booking.get_booking(booking_id=each["id"])["fee"] for each in made["occurrences"]]
    assert fees == [0, 10_000, 30_000, 0]  # three in March, one in April


def test_allowance_is_given_once_when_unlike_bookings_of_a_series_are_changed_together(bench_of):
    bench = bench_of("booking")
    tell(bench, "recruitment", "tenancy_started", STARTED, sequence=1)
    bench.settle()
    weekly = {"rrule": "FREQ=WEEKLY;COUNT=3"}
    with bench.acting(TENANT) as rpc:
        made = rpc.booking.request_booking(**meeting("2020-03-17", 9, 15, recurrence=weekly))
        one = made["occurrences"][1]["id"]
        rpc.booking.change_booking(booking_id=one, title="총회")
        changed = rpc.booking.change_booking(booking_id=one, attendees=5, scope="all")
        bookings = [rpc.booking.get_booking(booking_id=each["id"]) for each in changed["occurrences"]]
    assert [each["attendees"] for each in bookings] == [5, 5, 5]
    assert sum(each["allowance_minutes"] for each in bookings) == 600
    assert sum(each["fee"] for each in bookings) == 8 * 5_000
