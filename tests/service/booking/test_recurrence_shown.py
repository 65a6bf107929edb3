"""What a page is told of a series."""

from services.chassis.testing import Bench
from tests.people import STAFF
from tests.service.booking.counting import queries_of
from tests.service.booking.test_acceptance import wanted

RULE = "FREQ=WEEKLY;COUNT=5"
WEEKLY = {"rrule": RULE, "exdates": ["2020-03-24T01:00:00+00:00", "2020-03-31"]}
SHOWN = {"rrule": RULE, "exdates": ["2020-03-24T10:00:00+09:00", "2020-03-31"], "number": 3}


def test_booking_of_a_series_is_shown_with_its_rule(bench_of):
    with bench_of("booking").acting(STAFF) as rpc:
        made = rpc.booking.request_booking(**wanted("edu-1", "2020-03-17", 10, 12, recurrence=WEEKLY))
        single = rpc.booking.request_booking(**wanted("edu-2", "2020-03-17", 10, 12))
        assert (made["recurrence"], single["recurrence"]) == (SHOWN, None)
        second = made["occurrences"][1]["id"]
        assert rpc.booking.cancel_booking(booking_id=second)["recurrence"] == SHOWN
        assert rpc.booking.get_booking(booking_id=second)["recurrence"] == SHOWN
        assert rpc.booking.get_booking(booking_id=single["id"])["recurrence"] is None
        listed = rpc.booking.list_bookings()["items"]
        assert [each["recurrence"] for each in listed] == [None, SHOWN, SHOWN, SHOWN]


def test_list_takes_two_queries_for_one_series_and_for_thirty(bench_of):
    bench: Bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:

        def count() -> int:
            return queries_of(bench, lambda: rpc.booking.list_bookings(limit=60))

        daily = {"rrule": "FREQ=DAILY;COUNT=2"}
        rpc.booking.request_booking(**wanted("meeting", "2020-03-17", 10, 11, recurrence=daily))
        before = count()
        for space in ("edu-1", "edu-2", "lounge"):
            for hour in range(9, 19):
                rpc.booking.request_booking(**wanted(space, "2020-03-17", hour, hour + 1, recurrence=daily))
        items = rpc.booking.list_bookings(limit=62)["items"]
        assert len({each["series_id"] for each in items}) == 31
        assert (before, count()) == (2, 2)
