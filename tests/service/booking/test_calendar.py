"""Calendar feeds by RPC, read back with a reader of iCalendar: whose bookings are in which, and who may read them."""

import hashlib
from datetime import datetime

import pytest
from icalendar import Calendar
from sqlalchemy import text

from services.chassis.errors import Forbidden, Invalid, NotFound
from tests.people import NEIGHBOUR, RESIDENT, STAFF, member_of
from tests.service.booking.counting import queries_of
from tests.service.booking.test_acceptance import wanted

WEEKLY = {"rrule": "FREQ=WEEKLY;COUNT=3"}


def events(content: str) -> list[tuple[str, ...]]:
    """(uid, from, until, status, summary, place), in the order of the feed."""
    return [
        (
            str(each["UID"]),
            each["DTSTART"].dt.isoformat()[:16],
            each["DTEND"].dt.isoformat()[:16],
            str(each["STATUS"]),
            str(each["SUMMARY"]),
            str(each.get("LOCATION", "")),
        )
        for each in Calendar.from_ical(content).walk("VEVENT")
    ]


def feed_of(bench, space: str, **context) -> str:
    with bench.acting(**context) as anybody:
        return anybody.booking.get_space_calendar(space_id=space)["content"]


def own_feed(bench, secret: str) -> str:
    with bench.acting() as anybody:
        return anybody.booking.get_person_calendar(secret=secret)["content"]


def test_space_feed_tells_anybody_times_and_status_and_nothing_else(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as resident, bench.acting(STAFF) as staff:
        pending = resident.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12, title="비밀 모임"))["id"]
        approved = resident.booking.request_booking(**wanted("edu-1", "2020-03-21", 10, 12))["id"]
        cancelled = resident.booking.request_booking(**wanted("edu-1", "2020-03-24", 10, 12))["id"]
        resident.booking.request_booking(**wanted("edu-2", "2020-03-20", 10, 12))
        staff.booking.approve_booking(booking_id=approved)
        resident.booking.cancel_booking(booking_id=cancelled, note="사정이 생겼습니다")
    content = feed_of(bench, "edu-1")
    assert events(content) == [
        (f"{pending}@seogu", "2020-03-20T10:00", "2020-03-20T12:00", "TENTATIVE", "Applied for", ""),
        (f"{approved}@seogu", "2020-03-21T10:00", "2020-03-21T12:00", "CONFIRMED", "Booked", ""),
        (f"{cancelled}@seogu", "2020-03-24T10:00", "2020-03-24T12:00", "CANCELLED", "Cancelled", ""),
    ]
    for personal in ("비밀", "모임", "홍길동", RESIDENT.id, "사정"):
        assert personal not in content
    assert [each[4] for each in events(feed_of(bench, "edu-1", locale="ko"))] == ["신청 중", "예약됨", "취소됨"]


def test_feed_of_a_room_shows_what_else_takes_it_for_as_long_as_it_is_held(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        hall = rpc.booking.request_booking(**wanted("hall", "2020-03-20", 14, 17))["id"]
        room = rpc.booking.request_booking(**wanted("edu-1", "2020-03-21", 10, 12))["id"]
        rpc.booking.request_booking(**wanted("meeting", "2020-03-20", 10, 12))
    held, own = ("2020-03-20T13:30", "2020-03-20T17:30"), ("2020-03-21T10:00", "2020-03-21T12:00")
    looks = ("TENTATIVE", "Applied for", "")
    assert events(feed_of(bench, "edu-2")) == [(f"{hall}.edu-2@seogu", *held, *looks)]
    assert events(feed_of(bench, "edu-1")) == [
        (f"{room}@seogu", *own, *looks),
        (f"{hall}.edu-1@seogu", *held, *looks),
    ]
    assert events(feed_of(bench, "hall")) == [
        (f"{hall}@seogu", "2020-03-20T14:00", "2020-03-20T17:00", *looks),
        (f"{room}.hall@seogu", *own, *looks),
    ]


def test_series_is_one_entry_and_stays_whole_until_its_last_date_is_old(bench_of):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        made = rpc.booking.request_booking(**wanted("edu-1", "2020-03-17", 10, 12, recurrence=WEEKLY))
        rpc.booking.cancel_booking(booking_id=made["occurrences"][1]["id"])
        before = feed_of(bench, "edu-1")
        (series,) = Calendar.from_ical(before).walk("VEVENT")
        assert str(series["UID"]) == f"{made['series_id']}@seogu"
        assert series["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20200331T010000Z"
        assert series["EXDATE"].dts[0].dt.isoformat() == "2020-03-24T10:00:00+09:00"
        # the first two dates are more than 60 days ago, the last one is not
        bench.move_clock(datetime.fromisoformat("2020-05-30T23:59:00+09:00"))
        assert feed_of(bench, "edu-1") == before
        bench.move_clock(datetime.fromisoformat("2020-05-31T00:00:00+09:00"))
        assert events(feed_of(bench, "edu-1")) == []


def test_booking_is_shown_for_sixty_days_after_its_day(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))
    bench.move_clock(datetime.fromisoformat("2020-05-19T23:59:59+09:00"))
    assert len(events(feed_of(bench, "edu-1"))) == 1
    bench.move_clock(datetime.fromisoformat("2020-05-20T00:00:00+09:00"))
    assert events(feed_of(bench, "edu-1")) == []


def test_feed_is_the_same_text_until_a_booking_changes(bench_of):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        made = rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))["id"]
        before = feed_of(bench, "edu-1")
        bench.move_clock(datetime.fromisoformat("2020-03-12T11:00:00+09:00"))
        assert feed_of(bench, "edu-1") == before
        rpc.booking.change_booking(booking_id=made, end="2020-03-20T13:00:00+09:00")
    (event,) = Calendar.from_ical(feed_of(bench, "edu-1")).walk("VEVENT")
    assert event["DTSTAMP"].dt == datetime.fromisoformat("2020-03-12T11:00:00+09:00")


def test_feed_of_an_unknown_space_is_not_found(bench_of):
    with bench_of("booking").acting() as rpc, pytest.raises(NotFound):
        rpc.booking.get_space_calendar(space_id="cellar")


def test_person_feed_has_what_the_person_applied_for_with_titles_and_places(bench_of):
    bench = bench_of("booking")
    member, other = member_of("group-1"), NEIGHBOUR.__class__("member-2", "최회원", frozenset(), ("group-1",))
    with bench.acting(member) as rpc, bench.acting(other) as colleague:
        own = rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12, title="뜨개질"))["id"]
        group = rpc.booking.request_booking(
            **wanted("meeting", "2020-03-20", 14, 16, title="총회", group_id="group-1")
        )["id"]
        colleague.booking.request_booking(**wanted("meeting", "2020-03-20", 10, 12, group_id="group-1"))
        secret = rpc.booking.create_calendar_address()["secret"]
    assert [each[:1] + each[4:] for each in events(own_feed(bench, secret))] == [
        (f"{own}@seogu", "뜨개질", "Classroom 1"),
        (f"{group}@seogu", "총회", "Meeting room"),
    ]


def test_person_without_bookings_has_an_empty_calendar_in_their_language(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc, bench.acting(locale="ko") as anybody:
        secret = rpc.booking.create_calendar_address()["secret"]
        calendar = Calendar.from_ical(anybody.booking.get_person_calendar(secret=secret)["content"])
        assert calendar.walk("VEVENT") == []
        assert str(calendar["NAME"]).endswith(" 내 예약")


def test_new_address_replaces_the_old_one_and_a_revoked_one_is_gone(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        first, second = (rpc.booking.create_calendar_address()["secret"] for _ in range(2))
        assert first != second
        with pytest.raises(NotFound):
            own_feed(bench, first)
        assert events(own_feed(bench, second)) == []
        rpc.booking.revoke_calendar_address()
        with pytest.raises(NotFound):
            own_feed(bench, second)
        with pytest.raises(NotFound):
            rpc.booking.revoke_calendar_address()


def test_addresses_of_others_are_left_alone(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc, bench.acting(NEIGHBOUR) as neighbour:
        kept = neighbour.booking.create_calendar_address()["secret"]
        rpc.booking.create_calendar_address()
        rpc.booking.revoke_calendar_address()
        assert events(own_feed(bench, kept)) == []


def everything_stored(bench) -> str:
    """Every value in booking's database."""

    def read(session) -> str:
        tables = (
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            if bench.database("booking").is_sqlite
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        return str([session.execute(text(f"SELECT * FROM {name}")).all() for (name,) in session.execute(text(tables))])

    return bench.database("booking").transaction(read)


def test_only_the_hash_of_the_secret_is_stored_anywhere(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT, idempotency_key="address-1") as rpc:
        secret = rpc.booking.create_calendar_address()["secret"]
        assert len(secret) == 43  # 256 bits
        stored = everything_stored(bench)
        assert hashlib.sha256(secret.encode()).hexdigest() in stored
        assert secret not in stored
        # so it cannot be told again; and is not replaced by asking twice
        with pytest.raises(Invalid):
            rpc.booking.create_calendar_address()
    assert events(own_feed(bench, secret)) == []


def test_nobody_in_particular_has_no_address(bench_of):
    with bench_of("booking").acting() as rpc:
        for call in (rpc.booking.create_calendar_address, rpc.booking.revoke_calendar_address):
            with pytest.raises(Forbidden):
                call()


def test_feeds_take_as_many_queries_with_thirty_bookings_as_with_one(bench_of):
    bench = bench_of("booking")
    with bench.acting(STAFF) as rpc:
        secret = rpc.booking.create_calendar_address()["secret"]

        def counts() -> tuple[int, int]:
            return queries_of(bench, lambda: feed_of(bench, "edu-1")), queries_of(
                bench, lambda: own_feed(bench, secret)
            )

        rpc.booking.request_booking(**wanted("edu-1", "2020-03-17", 8, 9, recurrence=WEEKLY))
        before = counts()
        for day in range(18, 25):
            for hour in (10, 15):
                rpc.booking.request_booking(**wanted("edu-1", f"2020-03-{day}", hour, hour + 1, recurrence=WEEKLY))
            rpc.booking.request_booking(**wanted("hall", f"2020-03-{day}", 13, 14))
        assert (before, counts()) == ((3, 4), (3, 4))
