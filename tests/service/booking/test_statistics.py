"""Statistics by RPC: scenarios 9 and 10, what counts as what, and how many queries it takes."""

from datetime import datetime

import pytest

from services.chassis.errors import Forbidden, Invalid
from tests import centre
from tests.people import AUDITOR, NEIGHBOUR, RESIDENT, STAFF
from tests.service.booking.counting import queries_of
from tests.service.booking.test_acceptance import wanted

WHOLE = {"start": "2020-03-01", "end": "2020-05-01"}
NONE_OF_THEM = {"pending": 0, "cancelled": 0, "rejected": 0, "expired": 0, "no_shows": 0}


def event(start: str, end: str, space: str = "edu-1", **other) -> dict:
    """What staff book, at any time of day."""
    made = {"space_id": space, "title": "행사", "purpose": "community", "attendees": 10}
    return {**made, "start": f"{start}:00+09:00", "end": f"{end}:00+09:00", **other}


def row(space: str, month: str, field: str = "both", **numbers) -> dict:
    return {
        **{"space_id": space, "month": month, "field": field, "bookings": 0, "attendees": 0, "hours": 0.0},
        **NONE_OF_THEM,
        **numbers,
    }


def rows_of(bench, **asked) -> list[dict]:
    with bench.acting(STAFF) as rpc:
        return rpc.booking.get_statistics(**{**WHOLE, **asked})["rows"]


def used(bench, month: str, **asked) -> dict[str, tuple]:
    with bench.acting(STAFF) as rpc:
        found = rpc.booking.get_statistics(**{**WHOLE, **asked})["utilisation"]
    return {
        each["space_id"]: (each["hours"], each["open_hours"], each["utilisation"])
        for each in found
        if each["month"] == month
    }


def test_event_over_the_end_of_a_month_is_on_both_days_and_counted_once(bench_of):
    """Scenario 9."""
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        night = rpc.booking.request_booking(**event("2020-03-31T22:00", "2020-04-01T02:00"))
        days = rpc.booking.get_timeline(space_id="edu-1", start="2020-03-31", end="2020-04-02")["days"]
        assert [[entry["booking_id"] for entry in day["entries"]] for day in days] == [[night["id"]], [night["id"]]]
    assert rows_of(bench) == [
        row("edu-1", "2020-03", bookings=1, attendees=10, hours=2.0),
        row("edu-1", "2020-04", hours=2.0),
    ]


def test_event_over_the_end_of_a_month_is_counted_once_by_those_who_ask_month_by_month(bench_of):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        rpc.booking.request_booking(**event("2020-03-31T22:00", "2020-04-01T02:00"))
    march = rows_of(bench, end="2020-04-01")
    assert march == [row("edu-1", "2020-03", bookings=1, attendees=10, hours=2.0)]
    assert march + rows_of(bench, start="2020-04-01") == rows_of(bench)


def test_event_over_several_months_has_its_hours_where_its_days_are(bench_of):
    bench = bench_of("booking", now="2020-01-10T09:00:00+09:00")
    with bench.acting(STAFF) as rpc:
        rpc.booking.request_booking(**event("2020-01-31T23:00", "2020-03-01T05:00"))
    assert rows_of(bench, start="2020-01-01") == [
        row("edu-1", "2020-01", bookings=1, attendees=10, hours=1.0),
        row("edu-1", "2020-02", hours=29 * 24.0),
        row("edu-1", "2020-03", hours=5.0),
    ]


@pytest.fixture
def half_hours(tmp_path):
    """The first centre, that books by half hours."""
    return centre.write_variant(tmp_path / "centre.yaml", "booking", {"unit_minutes": 30})


def test_booking_just_after_midnight_belongs_to_the_new_month_by_local_time(bench_of, half_hours):
    """Scenario 10: 00:30 on 1 April is 15:30Z on 31 March."""
    bench = bench_of("booking", profile_path=half_hours)
    with bench.acting(STAFF) as rpc:
        early = {"start": "2020-03-31T15:30:00+00:00", "end": "2020-03-31T17:00:00+00:00"}
        rpc.booking.request_booking(**{**event("2020-04-01T00:30", "2020-04-01T02:00"), **early})
    assert rows_of(bench) == [row("edu-1", "2020-04", bookings=1, attendees=10, hours=1.5)]


def test_each_booking_is_in_one_number_by_what_became_of_it(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as resident, bench.acting(NEIGHBOUR) as neighbour, bench.acting(STAFF) as staff:

        def applied(rpc, day: str, start: int) -> str:
            return rpc.booking.request_booking(**wanted("edu-1", day, start, start + 2))["id"]

        cancelled, rejected = applied(resident, "2020-03-20", 10), applied(resident, "2020-03-20", 12)
        come, missed = applied(resident, "2020-03-20", 14), applied(resident, "2020-03-20", 16)
        expiring = applied(neighbour, "2020-03-20", 18)
        resident.booking.cancel_booking(booking_id=cancelled)
        staff.booking.reject_booking(booking_id=rejected, reason_code="other")
        for approved in (come, missed):
            staff.booking.approve_booking(booking_id=approved)
        bench.move_clock(datetime.fromisoformat("2020-03-20T14:00:00+09:00"))
        resident.booking.check_in(booking_id=come)
        bench.move_clock(datetime.fromisoformat("2020-03-20T20:00:00+09:00"))
        bench.settle()
        assert staff.booking.get_booking(booking_id=expiring)["status"] == "expired"
        applied(neighbour, "2020-03-31", 10)
        staff.booking.request_booking(**event("2020-03-30T10:00", "2020-03-30T13:00", attendees=7))
    assert rows_of(bench) == [
        row(
            "edu-1",
            "2020-03",
            bookings=2,
            attendees=17,
            hours=5.0,
            pending=1,
            cancelled=1,
            rejected=1,
            expired=1,
            no_shows=1,
        )
    ]


def test_rows_are_by_month_space_and_field(bench_of):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        for day, space, field in (
            ("2020-04-01", "edu-1", "both"),
            ("2020-03-20", "meeting", "social_economy"),
            ("2020-03-20", "edu-1", "village_community"),
            ("2020-03-21", "edu-1", "social_economy"),
            ("2020-03-22", "edu-1", "social_economy"),
        ):
            rpc.booking.request_booking(**event(f"{day}T10:00", f"{day}T11:00", space, attendees=5, field=field))
    assert rows_of(bench) == [
        row("edu-1", "2020-03", "social_economy", bookings=2, attendees=10, hours=2.0),
        row("edu-1", "2020-03", "village_community", bookings=1, attendees=5, hours=1.0),
        row("meeting", "2020-03", "social_economy", bookings=1, attendees=5, hours=1.0),
        row("edu-1", "2020-04", "both", bookings=1, attendees=5, hours=1.0),
    ]


def test_utilisation_is_of_the_open_hours_and_the_hall_uses_its_rooms(bench_of):
    """April 2020: 21 weekdays but for election day and Buddha's birthday, and 4 Saturdays."""
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        rpc.booking.request_booking(**event("2020-04-03T10:00", "2020-04-03T14:00", "hall"))
        rpc.booking.request_booking(**event("2020-04-06T10:00", "2020-04-06T12:00", "edu-1"))
        rpc.booking.request_booking(**event("2020-04-07T10:00", "2020-04-07T11:00", "meeting"))
    open_hours = 20 * 12.0 + 4 * 9.0
    assert used(bench, "2020-04") == {
        "edu-1": (6.0, open_hours, 0.0217),
        "edu-2": (4.0, open_hours, 0.0145),
        "meeting": (1.0, open_hours, 0.0036),
        "lounge": (4.0, open_hours, 0.0145),
        "hall": (4.0, open_hours, 0.0145),
    }
    assert {each[0] for each in used(bench, "2020-03").values()} == {0.0}


def test_part_of_a_month_has_the_open_hours_of_that_part(bench_of):
    """13 April 2020 is a Monday, the 15th a holiday; the 18th a Saturday, the 19th a Sunday."""
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        rpc.booking.request_booking(**event("2020-04-12T22:00", "2020-04-13T03:00", "meeting"))
    part = {"start": "2020-04-13", "end": "2020-04-19"}
    assert used(bench, "2020-04", **part)["meeting"] == (3.0, 4 * 12.0 + 9.0, 0.0526)
    closed = {"start": "2020-04-19", "end": "2020-04-20"}
    assert used(bench, "2020-04", **closed)["meeting"] == (0.0, 0.0, None)
    assert rows_of(bench, **part) == [row("meeting", "2020-04", hours=3.0)]


def test_walk_ins_are_counted_by_month(bench_of):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        rpc.booking.change_walk_ins(space_id="lounge", change=7)
        rpc.booking.change_walk_ins(space_id="lounge", change=-7)
        bench.move_clock(datetime.fromisoformat("2020-03-31T10:00:00+09:00"))
        rpc.booking.change_walk_ins(space_id="lounge", change=4)
        bench.move_clock(datetime.fromisoformat("2020-04-01T10:00:00+09:00"))
        rpc.booking.change_walk_ins(space_id="lounge", change=2)
        found = rpc.booking.get_statistics(**WHOLE)["walk_ins"]
        assert found == [
            {"space_id": "lounge", "month": "2020-03", "came": 11},
            {"space_id": "lounge", "month": "2020-04", "came": 2},
        ]
        assert rpc.booking.get_statistics(start="2020-03-31", end="2020-04-01")["walk_ins"] == [
            {"space_id": "lounge", "month": "2020-03", "came": 4}
        ]


def test_statistics_are_for_staff_and_auditors(bench_of):
    bench = bench_of("booking")
    with bench.acting(AUDITOR) as rpc:
        assert rpc.booking.get_statistics(**WHOLE)["rows"] == []
    for person in (RESIDENT, None):
        with bench.acting(person) as rpc, pytest.raises(Forbidden):
            rpc.booking.get_statistics(**WHOLE)


@pytest.mark.parametrize(("start", "end"), [("2020-03-01", "2020-03-01"), ("2020-02-29", "2022-03-01")])
def test_statistics_of_no_time_or_of_more_than_two_years_are_invalid(bench_of, start, end):
    with bench_of("booking").acting(STAFF) as rpc, pytest.raises(Invalid) as caught:
        rpc.booking.get_statistics(start=start, end=end)
    assert list(caught.value.errors) == ["end"]


def test_two_years_with_many_bookings_take_two_queries(bench_of):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:

        def count() -> int:
            return queries_of(bench, lambda: rpc.booking.get_statistics(start="2019-01-01", end="2021-01-01"))

        rpc.booking.request_booking(**event("2020-03-20T10:00", "2020-03-20T11:00"))
        before = count()
        for hour in range(30):
            day, at = divmod(hour, 10)
            rpc.booking.request_booking(
                **event(f"2020-03-{21 + day}T{10 + at}:00", f"2020-03-{21 + day}T{11 + at}:00", field="both")
            )
        assert (before, count()) == (2, 2)
