"""Feeds, read back as a reader of RFC 5545 reads them: it finds the bookings that live, where and when they are."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rruleset, rrulestr
from icalendar import Calendar
from icalendar import Event as Component

from services.booking.contract.vocabulary import Status
from services.booking.domain import ical
from services.booking.domain.ical import Booking, Feed, Series, feed
from services.booking.domain.vtimezone import vtimezone
from services.chassis.period import Period
from tests.soak import examples
from tests.unit.booking.plain_dates import ZONES, end_of, exists, series

SEOUL = ZoneInfo("Asia/Seoul")
NEW_YORK = ZoneInfo("America/New_York")
CHANGED = datetime(2020, 2, 20, 1, 30, tzinfo=UTC)
LIVE = {Status.PENDING: "TENTATIVE", Status.APPROVED: "CONFIRMED", Status.CHECKED_IN: "CONFIRMED"}
DEAD = set(Status) - LIVE.keys()


def period(start: str, hours: float = 2, zone: ZoneInfo = SEOUL) -> Period:
    begins = datetime.fromisoformat(start).replace(tzinfo=zone)
    return Period(begins, begins.astimezone(UTC) + timedelta(hours=hours), zone)


def booking(id: str, when: Period, status: Status = Status.APPROVED, **other) -> Booking:
    usual = {"changed_at": CHANGED, "sequence": 1, "title": "마을 회의", "location": "교육장 1"}
    return Booking(id, when, status, **{**usual, **other})


def of(*entries: Booking | Series, zone: ZoneInfo = SEOUL, **other) -> Feed:
    return Feed(**{"name": "교육장 1", "centre_id": "seogu", "zone": zone, "locale": "ko", "entries": entries, **other})


def read(written: bytes) -> Calendar:
    return Calendar.from_ical(written)


def events(written: bytes) -> list[Component]:
    return read(written).walk("VEVENT")


def found_by_a_reader(written: bytes, zone: ZoneInfo) -> set[tuple]:
    """(uid, start, end, status, summary) of everything that is not cancelled, as RFC 5545 expands it."""
    found = {}
    everything = events(written)
    for event in (each for each in everything if "RECURRENCE-ID" not in each):
        length = event["DTEND"].dt.astimezone(UTC) - event["DTSTART"].dt.astimezone(UTC)
        for start in starts_in(event):
            key = (str(event["UID"]), start.astimezone(UTC))
            found[key] = (start.astimezone(UTC), start.astimezone(UTC) + length, event)
    for event in (each for each in everything if "RECURRENCE-ID" in each):
        key = (str(event["UID"]), event["RECURRENCE-ID"].dt.astimezone(UTC))
        assert key in found, "an override of no occurrence"
        found[key] = (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC), event)
    return {
        (uid, start, end, str(event["STATUS"]), str(event["SUMMARY"]))
        for (uid, _), (start, end, event) in found.items()
        if event["STATUS"] != "CANCELLED"
    }


def starts_in(event: Component) -> list[datetime]:
    if "RRULE" not in event:
        return [event["DTSTART"].dt]
    expanded = rruleset()
    expanded.rrule(rrulestr(event["RRULE"].to_ical().decode(), dtstart=event["DTSTART"].dt))
    for excluded in event.exdates:
        expanded.exdate(excluded)
    return [each for each in expanded if exists(each)]


def live(*bookings: tuple[str, Booking]) -> set[tuple]:
    return {
        (f"{uid}@seogu", each.period.start, each.period.end, LIVE[each.status], each.title)
        for uid, each in bookings
        if each.status in LIVE
    }


WEEKS = [period(f"2020-03-{day:02}T10:00") for day in (3, 10, 17, 24, 31)]


def weekly(**changes: Booking) -> Series:
    """Five Tuesdays; `w2=...` puts another booking in the place of the second."""
    usual = {f"w{n}": booking(f"w{n}", when) for n, when in enumerate(WEEKS, 1)}
    now = {**usual, **changes}
    return Series(
        "weekly", WEEKS[0], "FREQ=WEEKLY;COUNT=5", {when.start: now[f"w{n}"] for n, when in enumerate(WEEKS, 1)}
    )


GOLDEN = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Madang//Bookings//EN
METHOD:PUBLISH
NAME:교육장 1
X-WR-CALNAME:교육장 1
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
X-WR-TIMEZONE:Asia/Seoul
BEGIN:VTIMEZONE
TZID:Asia/Seoul
BEGIN:STANDARD
DTSTART:20191231T090000
TZNAME:KST
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:신청 중
DTSTART;TZID=Asia/Seoul:20200305T090000
DTEND;TZID=Asia/Seoul:20200305T110000
DTSTAMP:20200220T013000Z
UID:alone@seogu
SEQUENCE:1
LAST-MODIFIED:20200220T013000Z
STATUS:TENTATIVE
TRANSP:OPAQUE
END:VEVENT
BEGIN:VEVENT
SUMMARY:예약됨
DTSTART;TZID=Asia/Seoul:20200303T100000
DTEND;TZID=Asia/Seoul:20200303T120000
DTSTAMP:20200221T013000Z
UID:weekly@seogu
SEQUENCE:7
RRULE:FREQ=WEEKLY;UNTIL=20200324T010000Z
EXDATE;TZID=Asia/Seoul:20200310T100000
LAST-MODIFIED:20200221T013000Z
STATUS:CONFIRMED
TRANSP:OPAQUE
END:VEVENT
BEGIN:VEVENT
SUMMARY:예약됨
DTSTART;TZID=Asia/Seoul:20200318T140000
DTEND;TZID=Asia/Seoul:20200318T160000
DTSTAMP:20200221T013000Z
UID:weekly@seogu
RECURRENCE-ID;TZID=Asia/Seoul:20200317T100000
SEQUENCE:7
LAST-MODIFIED:20200221T013000Z
STATUS:CONFIRMED
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""


def test_feed_is_written_as_expected():
    """One pending booking; a series whose second and last are cancelled, and whose third was moved to Wednesday."""
    moved = booking("w3", period("2020-03-18T14:00"), sequence=2, changed_at=CHANGED + timedelta(days=1))
    cancelled = booking("w2", WEEKS[1], Status.CANCELLED, sequence=2)
    rejected = booking("w5", WEEKS[4], Status.REJECTED)
    written = feed(
        of(booking("alone", period("2020-03-05T09:00"), Status.PENDING), weekly(w2=cancelled, w3=moved, w5=rejected))
    )
    assert written.decode() == GOLDEN.replace("\n", "\r\n")


@pytest.mark.parametrize("status", Status)
def test_status_of_a_single_booking_is_told(status):
    (event,) = events(feed(of(booking("b", WEEKS[0], status))))
    assert (event["STATUS"], event["UID"]) == (LIVE.get(status, "CANCELLED"), "b@seogu")
    assert event["TRANSP"] == ("OPAQUE" if status in LIVE else "TRANSPARENT")


@pytest.mark.parametrize(
    ("locale", "words"), [("ko", ["예약됨", "신청 중", "취소됨"]), ("en", ["Booked", "Applied for", "Cancelled"])]
)
def test_public_feed_tells_times_and_status_only(locale, words):
    secret = {"title": "secret title", "location": "secret place"}
    statuses = (Status.APPROVED, Status.PENDING, Status.CANCELLED)
    singles = [booking(f"b{n}", WEEKS[n], status, **secret) for n, status in enumerate(statuses)]
    moved = booking("w3", period("2020-03-18T14:00"), **secret)
    written = feed(of(*singles, weekly(w1=booking("w1", WEEKS[0], **secret), w3=moved), locale=locale))
    assert [str(each["SUMMARY"]) for each in events(written)[:3]] == words
    assert b"secret" not in written
    assert b"LOCATION" not in written


@pytest.mark.parametrize(
    "title",
    [
        "회의, 식사; 뒷정리",
        "첫 줄\n둘째 줄",
        "역사 \\n 그대로 \\, \\;",
        "마당 잔치 🎉👩‍👩‍👧‍👦",
        "BEGIN:VEVENT\nUID:evil\nEND:VEVENT",
        'a:b;c="d"',
        "가" * 200,
    ],
)
def test_private_feed_has_title_and_place_whatever_they_contain(title):
    written = feed(of(booking("b", WEEKS[0], title=title, location=title), private=True))
    (event,) = events(written)
    assert (str(event["SUMMARY"]), str(event["LOCATION"]), str(event["UID"])) == (title, title, "b@seogu")


def test_lines_are_folded_at_75_octets_between_characters():
    written = feed(of(weekly(w1=booking("w1", WEEKS[0], title="가나🎉" * 60)), name="소통공간 " * 30, private=True))
    lines = written.split(b"\r\n")
    assert written.count(b"\n") == written.count(b"\r") == len(lines) - 1
    assert max(map(len, lines)) in range(70, 76)
    assert [line.decode() for line in lines][-1] == ""


def test_calendar_describes_itself():
    calendar = read(feed(of(name="교육장 1, 공개")))
    assert {name: str(calendar[name]) for name in ("VERSION", "METHOD", "NAME", "X-WR-CALNAME")} == {
        "VERSION": "2.0",
        "METHOD": "PUBLISH",
        "NAME": "교육장 1, 공개",
        "X-WR-CALNAME": "교육장 1, 공개",
    }
    assert calendar["REFRESH-INTERVAL"].dt == ical.REFRESH
    assert calendar.walk("VEVENT") == []


def test_unchanged_feed_is_the_same_bytes():
    assert feed(of(weekly())) == feed(of(weekly()))


def test_series_changes_its_sequence_with_each_of_its_bookings():
    def stamps(which: Series) -> tuple:
        master = events(feed(of(which)))[0]
        return master["SEQUENCE"], master["LAST-MODIFIED"].dt

    later = CHANGED + timedelta(hours=1)
    assert stamps(weekly()) == (5, CHANGED)
    changed = booking("w4", WEEKS[3], Status.CANCELLED, sequence=2, changed_at=later)
    assert stamps(weekly(w4=changed)) == (6, later)


def test_series_of_which_nothing_lives_stays_as_cancelled():
    dead = {f"w{n}": booking(f"w{n}", when, Status.CANCELLED) for n, when in enumerate(WEEKS, 1)}
    (event,) = events(feed(of(weekly(**dead))))
    assert event["STATUS"] == "CANCELLED"
    assert len(starts_in(event)) == 5


def test_part_of_a_series_is_shown_alone():
    """As in the feed of a space from which two of the bookings were moved to another one."""
    whole = weekly()
    part = replace(
        whole, bookings={start: each for start, each in whole.bookings.items() if each.id not in {"w1", "w4"}}
    )
    expected = live(*(("weekly", each) for each in part.bookings.values()))
    assert found_by_a_reader(feed(of(part, private=True)), SEOUL) == expected


def test_booking_with_another_title_is_an_override():
    other = weekly(w2=booking("w2", WEEKS[1], title="다른 모임"))
    assert len(events(feed(of(other, private=True)))) == 2
    assert len(events(feed(of(other)))) == 1


def test_booking_that_the_rule_does_not_know_stands_alone():
    stray = booking("stray", period("2020-03-12T10:00"))
    lost = replace(weekly(), bookings={**weekly().bookings, stray.period.start: stray})
    expected = live(("stray", stray), *(("weekly", each) for each in weekly().bookings.values()))
    assert found_by_a_reader(feed(of(lost, private=True)), SEOUL) == expected


def test_second_run_of_a_repeated_hour_is_told_in_utc():
    second = Period(datetime(2026, 11, 1, 6, 30, tzinfo=UTC), datetime(2026, 11, 1, 8, tzinfo=UTC), NEW_YORK)
    (event,) = events(feed(of(booking("b", second), zone=NEW_YORK)))
    assert event["DTSTART"].to_ical() == b"20261101T063000Z"
    assert (event["DTEND"].to_ical(), event["DTEND"].params) == (b"20261101T030000", {"TZID": "America/New_York"})


@pytest.mark.parametrize("zone", [*ZONES, ZoneInfo("Europe/Dublin"), ZoneInfo("UTC")], ids=str)
def test_vtimezone_shows_the_clock_of_the_zone(zone):
    """Every quarter of an hour of two years, by the observance that began last."""
    onsets = sorted(
        (each["DTSTART"].dt.replace(tzinfo=UTC) - each["TZOFFSETFROM"].td, each["TZOFFSETTO"].td)
        for each in vtimezone(zone, 2026, 2027).subcomponents
    )
    moment = datetime(2025, 12, 31, 10, tzinfo=UTC)
    while moment < datetime(2028, 1, 1, 14, tzinfo=UTC):
        while len(onsets) > 1 and onsets[1][0] <= moment:
            onsets.pop(0)
        assert moment.astimezone(zone).utcoffset() == onsets[0][1], moment
        moment += timedelta(minutes=15)


SERIES = examples(120, 600)


def test_generated_series_are_found_again_by_a_reader():
    overrides = excluded = 0
    for n, (dice, drawn) in enumerate(series(seed=99, number=SERIES)):
        zone, wall = drawn.first.tzinfo, timedelta(minutes=dice.choice((60, 150, 480)))
        periods = {each.astimezone(UTC): Period(each, end_of(each, wall), zone) for each in drawn.starts}
        bookings = {start: any_booking(dice, f"b{k}", when) for k, (start, when) in enumerate(periods.items())}
        shown = {start: each for start, each in bookings.items() if dice.random() < 0.95} or bookings
        first = next(iter(periods.values()))
        alone = any_booking(dice, "alone", first)
        written = feed(of(Series(f"s{n}", first, drawn.rrule, shown), alone, zone=zone, private=True))
        expected = live(("alone", alone), *((f"s{n}", each) for each in shown.values()))
        assert found_by_a_reader(written, zone) == expected, drawn
        overrides += written.count(b"RECURRENCE-ID")
        excluded += written.count(b"EXDATE")
    assert (3 * overrides > 4 * SERIES, 3 * excluded > 4 * SERIES) == (True, True), (overrides, excluded)


def any_booking(dice: random.Random, id: str, usual: Period) -> Booking:
    """Mostly as usual; else it has died, is still pending, has another title, or was moved."""
    status = dice.choice(sorted(DEAD)) if dice.random() < 0.2 else Status.APPROVED
    if dice.random() < 0.1:
        status = Status.PENDING
    moved = timedelta(minutes=dice.choice((30, 60, 1440))) if dice.random() < 0.15 else timedelta(0)
    when = Period(usual.start + moved, usual.end + moved, usual.zone)
    return booking(id, when, status, title=dice.choice(("모임", "모임", "모임", "잔치")))
