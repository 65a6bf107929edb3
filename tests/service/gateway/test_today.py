"""Booking's `get_today`, from which the page of today is made."""

from sqlalchemy import event

from tests.people import RESIDENT, STAFF
from tests.service.gateway.conftest import application

DAY = "2020-03-10"


def test_today_shows_each_space_with_all_that_holds_its_rooms(bench_of):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        rpc.booking.request_booking(**application("hall", DAY, 14, 17, attendees=60))
        rpc.booking.request_booking(**application("edu-1", DAY, 9, 11))
        rpc.booking.request_booking(**application("edu-1", "2020-03-11", 9, 11))
    with bench.acting() as rpc:
        today = rpc.booking.get_today()
    shown = {
        each["space"]["id"]: [(entry["space_id"], entry["held_from"][11:16]) for entry in each["entries"]]
        for each in today["spaces"]
    }
    assert shown == {
        "edu-1": [("edu-1", "09:00"), ("hall", "13:30")],
        "edu-2": [("hall", "13:30")],
        "meeting": [],
        "lounge": [("hall", "13:30")],
        "hall": [("edu-1", "09:00"), ("hall", "13:30")],
    }
    assert (today["now"], today["date"]) == ("2020-03-10T09:00:00+09:00", DAY)
    assert (today["opens"], today["closes"]) == ("2020-03-10T09:00:00+09:00", "2020-03-10T21:00:00+09:00")
    assert today["opens_next"] == "2020-03-11T09:00:00+09:00"
    assert {entry["title"] for each in today["spaces"] for entry in each["entries"]} == {None}


def test_next_opening_is_after_the_holidays(bench_of):
    """30 April 2020, a Thursday, is Buddha's birthday."""
    with bench_of("booking", now="2020-04-29T21:30:00+09:00").acting(locale="en") as rpc:
        assert rpc.booking.get_today()["opens_next"] == "2020-05-01T09:00:00+09:00"


def test_today_takes_as_many_queries_with_many_bookings_as_with_one(bench_of):
    bench = bench_of("booking")
    statements: list[str] = []
    event.listen(bench.database("booking").engine, "before_cursor_execute", lambda *given: statements.append(given[2]))

    def counted() -> int:
        """The least of three times: a timer may ask for bookings at the same moment."""
        return min(asked() for _ in range(3))

    def asked() -> int:
        statements.clear()
        rpc.booking.get_today()
        return len([each for each in statements if "FROM bookings" in each])

    with bench.acting(RESIDENT) as rpc:
        before = counted()
        with bench.acting(STAFF) as staff:
            for space in ("edu-1", "edu-2", "meeting"):
                for hour in range(9, 19):
                    staff.booking.request_booking(**application(space, DAY, hour, hour + 1))
        assert (before, counted()) == (1, 1)
