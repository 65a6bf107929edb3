"""All that booking knows of a person, told to that person, or to staff for them."""

from datetime import datetime

import pytest

from services.chassis import ids
from services.chassis.errors import Forbidden, Invalid
from services.chassis.testing import Bench
from tests.people import AUDITOR, NEIGHBOUR, RESIDENT, STAFF
from tests.service.booking.counting import queries_of
from tests.service.booking.test_acceptance import wanted

NOTHING = {
    "bookings": [],
    "decisions": [],
    "penalties": [],
    "banned_until": None,
    "closures": [],
    "has_calendar_address": False,
    "next_cursor": None,
}


def test_person_of_whom_nothing_is_known_is_told_so(bench_of):
    with bench_of("booking").acting(RESIDENT) as rpc:
        assert rpc.booking.export_person() == {"person_id": RESIDENT.id, **NOTHING}


def test_person_is_told_of_bookings_and_of_who_decided_without_names_of_others(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as resident, bench.acting(NEIGHBOUR) as neighbour, bench.acting(STAFF) as staff:
        made = resident.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))
        neighbour.booking.request_booking(**wanted("edu-2", "2020-03-20", 10, 12))
        bench.move_clock(datetime.fromisoformat("2020-03-10T10:00:00+09:00"))
        rejected = staff.booking.reject_booking(booking_id=made["id"], reason_code="other", note="공사가 있습니다.")
        resident.booking.create_calendar_address()
        told = resident.booking.export_person()
        shown = resident.booking.get_booking(booking_id=made["id"])
    (booking,) = told.pop("bookings")
    applied, refused = booking.pop("decisions")
    assert booking == shown
    assert (applied["action"], applied["own"], applied["before"]) == ("request", True, {})
    assert (refused["action"], refused["own"], refused["at"]) == ("reject", False, "2020-03-10T10:00:00+09:00")
    assert (refused["before"]["status"], refused["after"]["note"]) == ("pending", rejected["note"])
    assert told == {"person_id": RESIDENT.id, **{name: NOTHING[name] for name in NOTHING if name != "bookings"}} | {
        "has_calendar_address": True
    }
    assert STAFF.id not in str((booking, applied, refused))


def test_staff_are_told_what_they_decided_but_not_what_others_wrote(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as resident, bench.acting(STAFF) as staff:
        theirs = resident.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))["id"]
        own = staff.booking.request_booking(**wanted("edu-2", "2020-03-20", 10, 12))["id"]
        staff.booking.approve_booking(booking_id=theirs)
        closure = staff.booking.declare_closure(**{"from": "2020-05-01", "to": "2020-05-03", "reason": "공사"})
        told = staff.booking.export_person()
    assert [(each["id"], [one["action"] for one in each["decisions"]]) for each in told["bookings"]] == [
        (own, ["request"])
    ]
    assert told["decisions"] == [{"booking_id": theirs, "action": "approve", "at": "2020-03-10T09:00:00+09:00"}]
    assert told["closures"] == [
        {"closure_id": closure["id"], "declared_at": "2020-03-10T09:00:00+09:00", "reason": "공사"}
    ]


def missed(bench: Bench, days: range) -> None:
    """The resident applies for these days of March, is let in, and does not come."""
    with bench.acting(RESIDENT) as rpc, bench.acting(STAFF) as staff:
        for day in days:
            made = rpc.booking.request_booking(**wanted("edu-1", f"2020-03-{day}", 10, 12))
            staff.booking.approve_booking(booking_id=made["id"])
    bench.move_clock(datetime.fromisoformat(f"2020-03-{days[-1]}T13:00:00+09:00"))
    bench.settle()


def test_person_is_told_of_penalties_and_of_the_ban_while_it_lasts(bench_of):
    bench = bench_of("booking")
    missed(bench, range(17, 20))
    with bench.acting(RESIDENT) as rpc:
        told = rpc.booking.export_person()
        until = "2020-04-18T10:15:00+09:00"
        assert [(each["imposed_at"], each["ban_until"]) for each in told["penalties"]] == [
            ("2020-03-17T10:15:00+09:00", None),
            ("2020-03-18T10:15:00+09:00", None),
            ("2020-03-19T10:15:00+09:00", until),
        ]
        assert [each["booking_id"] for each in told["penalties"]] == [each["id"] for each in told["bookings"]]
        assert told["banned_until"] == until
        bench.move_clock(datetime.fromisoformat(until))
        assert rpc.booking.export_person()["banned_until"] is None


def test_staff_may_ask_for_a_person_and_nobody_else(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as resident, bench.acting(STAFF) as staff:
        made = resident.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))["id"]
        told = staff.booking.export_person(person_id=RESIDENT.id)
        assert (told["person_id"], [each["id"] for each in told["bookings"]]) == (RESIDENT.id, [made])
        assert resident.booking.export_person(person_id=RESIDENT.id) == told
    for other in (NEIGHBOUR, AUDITOR, None):
        with bench.acting(other) as rpc, pytest.raises(Forbidden):
            rpc.booking.export_person(person_id=RESIDENT.id)
    with bench.acting() as rpc, pytest.raises(Forbidden):
        rpc.booking.export_person()


def test_pages_hold_everything_once(bench_of):
    """Two bookings of their own, five decisions on those of others, in pages of two."""
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as resident, bench.acting(NEIGHBOUR) as other, bench.acting(STAFF) as staff:
        own = [
            staff.booking.request_booking(**wanted("edu-2", f"2020-03-{day}", 10, 12))["id"] for day in range(20, 22)
        ]
        theirs = [resident.booking.request_booking(**wanted("edu-1", "2020-03-20", hour, hour + 1)) for hour in (9, 11)]
        theirs += [
            other.booking.request_booking(**wanted("edu-1", "2020-03-20", hour, hour + 1)) for hour in (13, 15, 17)
        ]
        for each in theirs:
            staff.booking.approve_booking(booking_id=each["id"])
        pages, cursor = [], None
        while not pages or cursor:
            pages.append(staff.booking.export_person(limit=2, cursor=cursor))
            cursor = pages[-1]["next_cursor"]
    assert [[each["id"] for each in page["bookings"]] for page in pages] == [own, [], []]
    expected = [each["id"] for each in theirs]
    assert [[each["booking_id"] for each in page["decisions"]] for page in pages] == [
        expected[:2],
        expected[2:4],
        expected[4:],
    ]


@pytest.mark.parametrize("cursor", ["1", "a.b", "a.", ".-1", "a.²", "a." + "9" * 19])
def test_cursor_that_is_none_is_invalid(bench_of, cursor):
    with bench_of("booking").acting(RESIDENT) as rpc, pytest.raises(Invalid) as caught:
        rpc.booking.export_person(cursor=cursor)
    assert list(caught.value.errors) == ["cursor"]


def told_by_the_district(event: str, data: dict) -> dict:
    return {
        "specversion": "1.0",
        "id": ids.new_id(),
        "source": "/district",
        "type": f"district.{event}.v1",
        "subject": "case-1",
        "time": "2020-03-10T00:00:00+00:00",
        "datacontenttype": "application/json",
        "sequence": 1,
        "data": data,
    }


def test_nothing_is_left_to_tell_of_an_erased_person(bench_of):
    bench = bench_of("booking")
    missed(bench, range(17, 18))
    with bench.acting(STAFF) as staff, bench.acting(RESIDENT) as resident:
        resident.booking.create_calendar_address()
        staff.booking.approve_booking(
            booking_id=resident.booking.request_booking(**wanted("edu-1", "2020-03-27", 10, 12))["id"]
        )
        staff.booking.declare_closure(**{"from": "2020-05-01", "to": "2020-05-03", "reason": "공사"})
        for person in (RESIDENT, STAFF):
            erased = {"person_id": person.id}
            bench.publish("district", "person_erased", told_by_the_district("person_erased", erased))
            bench.settle()
            assert staff.booking.export_person(person_id=person.id) == {**erased, **NOTHING}


def test_export_takes_as_many_queries_with_thirty_bookings_as_with_one(bench_of):
    bench = bench_of("booking")
    daily = {"rrule": "FREQ=DAILY;COUNT=2"}
    with bench.acting(STAFF) as rpc:

        def count() -> int:
            return queries_of(bench, lambda: rpc.booking.export_person())

        rpc.booking.request_booking(**wanted("edu-1", "2020-03-17", 8, 9, recurrence=daily))
        before = count()
        for day in range(17, 20):
            for hour in range(9, 19):
                rpc.booking.request_booking(**wanted("meeting", f"2020-03-{day}", hour, hour + 1))
        rpc.booking.request_booking(**wanted("edu-2", "2020-03-17", 8, 9, recurrence=daily))
        assert (before, count()) == (7, 7)
