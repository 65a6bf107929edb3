"""Acceptance scenarios 1-7 and 13 of the centre, by RPC."""

import pytest

from tests.people import NEIGHBOUR, RESIDENT, STAFF
from tests.service.booking.applying import codes, refusal_of, wanted


def test_hall_booked_takes_its_rooms_with_buffers_and_leaves_the_meeting_room(bench_of):
    """Scenario 1."""
    with bench_of("booking").acting(RESIDENT) as rpc:
        rpc.booking.request_booking(**wanted("hall", "2020-03-20", 14, 17, attendees=80))
        for room in ("edu-1", "edu-2", "lounge"):
            refused = refusal_of(rpc.booking.request_booking, **wanted(room, "2020-03-20", 16, 18))
            assert codes(refused) == ["slot_taken"]
            assert refused.refusals[0].details["taken"] == [
                {"start": "2020-03-20T13:30:00+09:00", "end": "2020-03-20T17:30:00+09:00"}
            ]
        assert rpc.booking.request_booking(**wanted("meeting", "2020-03-20", 16, 18))["status"] == "pending"
        # the buffer: 17:30 is free again, but the next whole hour is 18:00
        assert codes(refusal_of(rpc.booking.request_booking, **wanted("edu-1", "2020-03-20", 17, 18))) == ["slot_taken"]
        assert rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 18, 19))["status"] == "pending"


def test_classroom_booked_refuses_the_hall_and_leaves_the_other_classroom(bench_of):
    """Scenario 2."""
    with bench_of("booking").acting(RESIDENT) as rpc:
        rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))
        refused = refusal_of(rpc.booking.request_booking, **wanted("hall", "2020-03-20", 11, 13, attendees=50))
        assert codes(refused) == ["slot_taken"]
        assert rpc.booking.request_booking(**wanted("edu-2", "2020-03-20", 11, 13))["status"] == "pending"


def test_two_bookings_that_touch_are_both_accepted(bench_of):
    """Scenario 4."""
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc, bench.acting(NEIGHBOUR) as other:
        assert rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))["status"] == "pending"
        assert other.booking.request_booking(**wanted("edu-1", "2020-03-20", 12, 14))["status"] == "pending"


def test_six_days_before_is_too_late_and_seven_is_not(bench_of):
    """Scenario 5."""
    with bench_of("booking", now="2020-03-13T15:00:00+09:00").acting(RESIDENT) as rpc:
        refused = refusal_of(rpc.booking.request_booking, **wanted("edu-1", "2020-03-19", 10, 12))
        assert codes(refused) == ["too_late"]
        assert refused.refusals[0].details == {"days": 7, "earliest": "2020-03-20"}
        assert rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))["status"] == "pending"


def test_a_month_ahead_of_the_31st_is_clamped_to_the_last_day(bench_of):
    """Scenario 6."""
    with bench_of("booking", now="2020-01-31T10:00:00+09:00").acting(RESIDENT) as rpc:
        assert rpc.booking.request_booking(**wanted("edu-1", "2020-02-29", 10, 12))["status"] == "pending"
        refused = refusal_of(rpc.booking.request_booking, **wanted("edu-1", "2020-03-02", 10, 12))
        assert codes(refused) == ["too_early"]
        assert refused.refusals[0].details == {"months": 1, "latest": "2020-02-29"}


@pytest.mark.parametrize(
    ("day", "start", "end", "code", "details"),
    [
        ("2020-04-12", 10, 12, "centre_closed", {"date": "2020-04-12", "reason": "weekday"}),
        ("2020-04-11", 17, 19, "outside_hours", {"date": "2020-04-11", "opens": "09:00", "closes": "18:00"}),
        ("2020-04-16", 20, 22, "outside_hours", {"date": "2020-04-16", "opens": "09:00", "closes": "21:00"}),
        ("2020-04-16", 8, 10, "outside_hours", {"date": "2020-04-16", "opens": "09:00", "closes": "21:00"}),
    ],
)
def test_a_closed_time_is_refused_with_its_reason(bench_of, day, start, end, code, details):
    """Scenario 7."""
    with bench_of("booking", now="2020-04-01T10:00:00+09:00").acting(RESIDENT) as rpc:
        refused = refusal_of(rpc.booking.request_booking, **wanted("edu-1", day, start, end))
        assert [(each.code, each.details) for each in refused.refusals] == [(code, details)]


def test_election_day_is_refused_by_its_name_in_both_languages(bench_of):
    """Scenario 7: 15 April 2020."""
    bench = bench_of("booking", now="2020-04-01T10:00:00+09:00")
    with bench.acting(RESIDENT, locale="ko") as rpc:
        refused = refusal_of(rpc.booking.request_booking, **wanted("edu-1", "2020-04-15", 10, 12))
    assert codes(refused) == ["centre_closed"]
    assert refused.refusals[0].details["reason"] == "holiday"
    assert "선거" in refused.refusals[0].details["holiday_names"]["ko"]
    assert "lection" in refused.refusals[0].details["holiday_names"]["en"]
    assert "선거" in refused.refusals[0].message


def test_religious_purpose_is_refused_at_once(bench_of):
    """Scenario 13, by the applicant's own words."""
    with bench_of("booking").acting(RESIDENT) as rpc:
        refused = refusal_of(rpc.booking.request_booking, **wanted("edu-1", "2020-03-20", 10, 12, purpose="religious"))
        assert codes(refused) == ["forbidden_purpose"]
        assert rpc.booking.list_bookings() == {"items": [], "next_cursor": None}


def test_rejected_booking_frees_its_slot_at_once(bench_of):
    """Scenario 13, found out by staff."""
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as resident, bench.acting(STAFF) as staff, bench.acting(NEIGHBOUR) as neighbour:
        service = resident.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12, title="예배"))
        assert codes(refusal_of(neighbour.booking.request_booking, **wanted("edu-1", "2020-03-20", 10, 12))) == [
            "slot_taken"
        ]
        rejected = staff.booking.reject_booking(
            booking_id=service["id"], reason_code="forbidden_purpose", note="종교 행사입니다."
        )
        assert (rejected["status"], rejected["reason_code"]) == ("rejected", "forbidden_purpose")
        assert neighbour.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))["status"] == "pending"


def test_all_refusals_come_together(bench_of):
    with bench_of("booking").acting(RESIDENT) as rpc:
        refused = refusal_of(
            rpc.booking.request_booking,
            space_id="edu-1",
            title="너무",
            purpose="commercial",
            attendees=31,
            start="2020-03-15T08:30:00+09:00",
            end="2020-03-15T10:00:00+09:00",
        )
        assert codes(refused) == [
            "not_an_hour_unit",
            "centre_closed",
            "too_late",
            "forbidden_purpose",
            "over_capacity",
        ]
