"""Scenarios 9 and 10: what lies over midnight, and to which day and month it belongs."""

from sqlalchemy import select

from services.booking.models import Booking
from tests.people import STAFF
from tests.service.booking.applying import moment, read, wanted


def test_staff_event_over_midnight_blocks_both_days_and_is_one_booking(bench_of):
    """Scenario 9: 31 March 22:00 to 1 April 02:00."""
    with bench_of("booking").acting(STAFF) as rpc:
        event = rpc.booking.request_booking(
            **{**wanted("edu-1", "2020-03-31", 22, 23), "end": "2020-04-01T02:00:00+09:00"}
        )
        assert (event["status"], event["kind"], event["fee"]) == ("approved", "staff_event", 0)
        days = rpc.booking.get_timeline(space_id="edu-1", start="2020-03-30", end="2020-04-03")["days"]
        assert [(day["date"], [each["booking_id"] for each in day["entries"]]) for day in days] == [
            ("2020-03-30", []),
            ("2020-03-31", [event["id"]]),
            ("2020-04-01", [event["id"]]),
            ("2020-04-02", []),
        ]
        for since, until in (("2020-03-31T00:00", "2020-04-02T00:00"), ("2020-04-01T01:00", "2020-04-01T02:00")):
            found = rpc.booking.list_bookings(since=f"{since}:00+09:00", until=f"{until}:00+09:00")
            assert [each["id"] for each in found["items"]] == [event["id"]]
        after = rpc.booking.list_bookings(since="2020-04-01T02:00:00+09:00")
        assert after["items"] == []


def test_first_hour_of_april_is_april_though_it_is_march_in_utc(bench_of):
    """Scenario 10, by the hours that the centre lets: 1 April 00:00 is 31 March 15:00Z."""
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        rpc.booking.request_booking(
            **{**wanted("edu-1", "2020-04-01", 0, 2), "start": "2020-03-31T15:00:00Z", "end": "2020-03-31T17:00:00Z"}
        )
        days = rpc.booking.get_timeline(space_id="edu-1", start="2020-03-31", end="2020-04-02")["days"]
    assert [len(day["entries"]) for day in days] == [0, 1]
    assert read(bench, select(Booking.month)) == ["2020-04"]
    assert read(bench, select(Booking.starts_at)) == [moment("2020-04-01", "00:00")]
