"""Series: what the examples of DOMAIN mean, and 10,000 rules against a reading of RFC 5545 by plain dates."""

import random
import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from services.booking.domain import recurrence
from services.booking.domain.recurrence import Recurrence, expand
from services.chassis.errors import Invalid
from services.chassis.period import Period
from tests.soak import examples
from tests.unit.booking.plain_dates import ZONES, any_rule, end_of, exists, series

SEOUL = ZoneInfo("Asia/Seoul")
NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # half an hour of daylight saving
APIA = ZoneInfo("Pacific/Apia")  # has had no 30 December 2011
MOST = 250


def period(start: str, end: str, zone: ZoneInfo = SEOUL) -> Period:
    return Period(
        datetime.fromisoformat(start).replace(tzinfo=zone), datetime.fromisoformat(end).replace(tzinfo=zone), zone
    )


def at(text: str, zone: ZoneInfo = SEOUL) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


TUESDAY = period("2020-03-03T10:00", "2020-03-03T12:00")


def days(of: Period, rrule: str, *exdates: datetime, most: int = MOST) -> list[str]:
    return [f"{each.local_start:%m-%d}" for each in expand(of, Recurrence(rrule, exdates), most=most)]


def refusal(of: Period, rrule: str, *exdates: datetime, most: int = MOST) -> dict:
    with pytest.raises(Invalid) as refused:
        expand(of, Recurrence(rrule, exdates), most=most)
    assert refused.value.message == "The request is not valid."
    return refused.value.errors


def of_rule(message: str) -> dict:
    return {"recurrence": {"rrule": [message]}}


def of_exdates(message: str) -> dict:
    return {"recurrence": {"exdates": [message]}}


def test_period_without_recurrence_is_alone():
    assert expand(TUESDAY, None, most=1) == (TUESDAY,)


@pytest.mark.parametrize(
    ("rrule", "expected"),
    [
        ("FREQ=WEEKLY;COUNT=6", ["03-03", "03-10", "03-17", "03-24", "03-31", "04-07"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", ["03-03", "03-05", "03-10", "03-12"]),
        ("FREQ=DAILY;INTERVAL=10;COUNT=3", ["03-03", "03-13", "03-23"]),
        ("FREQ=DAILY;BYDAY=TU,WE;COUNT=3", ["03-03", "03-04", "03-10"]),
        ("FREQ=MONTHLY;COUNT=3", ["03-03", "04-03", "05-03"]),
        ("FREQ=MONTHLY;BYDAY=1TU;COUNT=3", ["03-03", "04-07", "05-05"]),
        ("FREQ=MONTHLY;BYMONTHDAY=3,-1;COUNT=4", ["03-03", "03-31", "04-03", "04-30"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2;COUNT=3", ["03-03", "04-02", "05-04"]),
        ("FREQ=WEEKLY;UNTIL=20200317", ["03-03", "03-10", "03-17"]),
        ("FREQ=WEEKLY;UNTIL=20200317T010000Z", ["03-03", "03-10", "03-17"]),
        ("FREQ=WEEKLY;UNTIL=20200317T005959Z", ["03-03", "03-10"]),
        ("FREQ=WEEKLY;UNTIL=20200317T100000", ["03-03", "03-10", "03-17"]),
        ("FREQ=WEEKLY;UNTIL=20200317T095959", ["03-03", "03-10"]),
        ("freq=weekly;byday=tu;count=2", ["03-03", "03-10"]),
        ("FREQ=WEEKLY;COUNT=1", ["03-03"]),
    ],
)
def test_rule_expands(rrule, expected):
    assert days(TUESDAY, rrule) == expected


def test_fraction_of_a_second_stays():
    first = period("2020-03-03T10:00:00.250", "2020-03-03T12:00")
    assert {each.start.microsecond for each in expand(first, Recurrence("FREQ=DAILY;COUNT=3"), most=3)} == {250_000}


def test_week_start_decides_what_every_second_week_is():
    """The example of RFC 5545 for WKST."""
    first = period("1997-08-05T09:00", "1997-08-05T10:00", NEW_YORK)
    rule = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST="
    assert days(first, rule + "MO") == ["08-05", "08-10", "08-19", "08-24"]
    assert days(first, rule + "SU") == ["08-05", "08-17", "08-19", "08-31"]


def test_month_without_such_a_day_has_no_occurrence():
    assert days(period("2020-01-31T10:00", "2020-01-31T12:00"), "FREQ=MONTHLY;COUNT=4") == [
        "01-31", "03-31", "05-31", "07-31",
    ]  # fmt: skip


def test_excluded_occurrences_count_and_are_left_out():
    assert days(TUESDAY, "FREQ=WEEKLY;COUNT=4", at("2020-03-03T10:00"), at("2020-03-17T10:00")) == ["03-10", "03-24"]
    assert days(TUESDAY, "FREQ=WEEKLY;COUNT=2", datetime(2020, 3, 10, 1, tzinfo=UTC)) == ["03-03"]


def test_exclusion_by_day_or_by_local_time_is_read_in_the_zone():
    for exdate in (date(2020, 3, 10), datetime(2020, 3, 10, 10)):  # noqa: DTZ001
        assert days(TUESDAY, "FREQ=WEEKLY;COUNT=3", exdate) == ["03-03", "03-17"]


@pytest.mark.parametrize(
    ("zone", "start", "end", "expected"),
    [
        (NEW_YORK, "2026-03-07T10:00", "2026-03-07T12:00", "7 10:00-12:00, 8 10:00-12:00, 9 10:00-12:00"),
        (BERLIN, "2026-10-24T22:00", "2026-10-25T06:00", "24 22:00-06:00, 25 22:00-06:00, 26 22:00-06:00"),
        # 02:30 does not exist on 8 March: no occurrence, not counted
        (NEW_YORK, "2026-03-07T02:30", "2026-03-07T04:00", "7 02:30-04:00, 9 02:30-04:00, 10 02:30-04:00"),
        # an end that does not exist is read with the offset before the change
        (NEW_YORK, "2026-03-07T01:00", "2026-03-07T02:30", "7 01:00-02:30, 8 01:00-03:30, 9 01:00-02:30"),
        # 01:30 comes twice on 1 November
        (NEW_YORK, "2026-10-31T01:30", "2026-10-31T01:45", "31 01:30-01:45, 1 01:30-01:45, 2 01:30-01:45"),
        (LORD_HOWE, "2026-10-03T02:15", "2026-10-03T03:00", "3 02:15-03:00, 5 02:15-03:00, 6 02:15-03:00"),
        (APIA, "2011-12-29T10:00", "2011-12-29T12:00", "29 10:00-12:00, 31 10:00-12:00, 1 10:00-12:00"),
    ],
)
def test_wall_clock_times_stay_across_clock_changes(zone, start, end, expected):
    found = expand(period(start, end, zone), Recurrence("FREQ=DAILY;COUNT=3"), most=3)
    assert (
        ", ".join(f"{one.local_start.day} {one.local_start:%H:%M}-{one.local_end:%H:%M}" for one in found) == expected
    )


def test_repeated_times_are_the_first_of_the_two():
    found = expand(period("2026-10-31T00:30", "2026-10-31T01:30", NEW_YORK), Recurrence("FREQ=DAILY;COUNT=3"), most=3)
    assert [each.length for each in found] == [timedelta(hours=1)] * 3
    found = expand(period("2026-10-31T01:30", "2026-10-31T02:30", NEW_YORK), Recurrence("FREQ=DAILY;COUNT=3"), most=3)
    assert [each.length for each in found] == [timedelta(hours=hours) for hours in (1, 2, 1)]


@pytest.mark.parametrize(
    ("start", "end"), [("2026-11-01T06:30", "2026-11-01T09:00"), ("2026-11-01T05:30", "2026-11-01T06:30")]
)
def test_series_from_a_second_run_of_an_hour_is_refused(start, end):
    first = Period(at(start, UTC), at(end, UTC), NEW_YORK)
    assert refusal(first, "FREQ=DAILY;COUNT=2") == of_rule(recurrence.REPEATED_HOUR)


def test_until_as_local_time_is_compared_on_the_clock():
    """On the day on which 02:30 is skipped, nothing between 02:30 and 03:30 is before it."""
    first = period("2026-03-07T03:15", "2026-03-07T04:00", NEW_YORK)
    assert days(first, "FREQ=DAILY;UNTIL=20260308T023000") == ["03-07"]
    assert days(first, "FREQ=DAILY;UNTIL=20260308T073000Z") == ["03-07", "03-08"]


@pytest.mark.parametrize(
    "rrule",
    [
        "", "FREQ", "FREQ=", "WEEKLY", "RRULE:FREQ=DAILY;COUNT=2", "COUNT=2", "FREQ=DAILY;COUNT=2;",
        "FREQ=DAILY; COUNT=2",
        "FREQ=YEARLY;COUNT=2", "FREQ=HOURLY;COUNT=2", "FREQ=SECONDLY;COUNT=2", "FREQ=DAILY;BYHOUR=1,2;COUNT=2",
        "FREQ=DAILY;BYMONTH=3;COUNT=2", "FREQ=DAILY;COUNT=2;COUNT=3", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;COUNT=2;INTERVAL=0", "FREQ=DAILY;COUNT=2;INTERVAL=1000", "FREQ=DAILY;COUNT=٢",
        "FREQ=DAILY;COUNT=1E3",
        "FREQ=WEEKLY;BYDAY=XX;COUNT=2", "FREQ=WEEKLY;BYDAY=;COUNT=2", "FREQ=MONTHLY;BYDAY=TU,1WE;COUNT=2",
        "FREQ=MONTHLY;BYDAY=6TU;COUNT=2", "FREQ=MONTHLY;BYMONTHDAY=0;COUNT=2", "FREQ=MONTHLY;BYMONTHDAY=32;COUNT=2",
        "FREQ=MONTHLY;BYSETPOS=1;COUNT=2", "FREQ=DAILY;UNTIL=20200231", "FREQ=DAILY;UNTIL=20200310T250000Z",
        "FREQ=DAILY;UNTIL=2020-03-10", "FREQ=DAILY;UNTIL=20200310Z", "FREQ=DAILY;COUNT=2\nDTSTART:20200101",
        "FREQ=WEEKLY;COUNT=2;BYDAY=" + ",".join(["TU"] * 200),
    ],
)  # fmt: skip
def test_text_that_is_no_rule_is_refused(rrule):
    assert refusal(TUESDAY, rrule) == of_rule(recurrence.NOT_A_RULE)


@pytest.mark.parametrize(
    ("rrule", "message"),
    [
        ("FREQ=DAILY", recurrence.NO_END),
        ("FREQ=DAILY;COUNT=2;UNTIL=20200310", recurrence.NO_END),
        ("FREQ=WEEKLY;BYDAY=1TU;COUNT=2", recurrence.NOT_TOGETHER),
        ("FREQ=WEEKLY;BYDAY=TU;BYSETPOS=1;COUNT=2", recurrence.NOT_TOGETHER),
        ("FREQ=DAILY;BYMONTHDAY=3;BYSETPOS=2;COUNT=2", recurrence.NOT_TOGETHER),
        ("FREQ=WEEKLY;BYMONTHDAY=3;COUNT=2", recurrence.NOT_TOGETHER),
        ("FREQ=WEEKLY;BYDAY=WE;COUNT=2", recurrence.NOT_THE_FIRST),
        ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20200301", recurrence.NOT_THE_FIRST),
        ("FREQ=MONTHLY;BYDAY=2TU;COUNT=2", recurrence.NOT_THE_FIRST),
        ("FREQ=WEEKLY;UNTIL=20200302", recurrence.ENDS_BEFORE),
        ("FREQ=WEEKLY;UNTIL=20200303T005959Z", recurrence.ENDS_BEFORE),
    ],
)
def test_rule_that_makes_no_series_is_refused(rrule, message):
    assert refusal(TUESDAY, rrule) == of_rule(message)


def test_most_is_the_last_number_that_is_allowed():
    assert len(days(TUESDAY, "FREQ=DAILY;COUNT=250")) == 250
    assert refusal(TUESDAY, "FREQ=DAILY;COUNT=251") == of_rule(recurrence.TOO_MANY)
    assert refusal(TUESDAY, "FREQ=DAILY;COUNT=3", at("2020-03-03T10:00"), most=2) == of_rule(recurrence.TOO_MANY)


@pytest.mark.parametrize(
    ("first", "rrule", "message"),
    [
        ("2020-03-03", f"FREQ=DAILY;COUNT={10**9}", recurrence.TOO_MANY),
        ("2020-03-03", f"FREQ=DAILY;COUNT={10**400}", recurrence.TOO_MANY),
        ("2020-03-03", "FREQ=DAILY;INTERVAL=1;UNTIL=21991231", recurrence.TOO_MANY),
        ("2020-03-03", "FREQ=DAILY;UNTIL=22000101", recurrence.TOO_FAR),
        ("2020-03-03", "FREQ=DAILY;UNTIL=99991231", recurrence.TOO_FAR),
        ("2020-03-03", "FREQ=MONTHLY;INTERVAL=999;COUNT=20", recurrence.TOO_FAR),
        ("2020-03-31", "FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=TU;COUNT=250", recurrence.TOO_FAR),
        ("2020-02-29", "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=29;BYDAY=SA;COUNT=30", recurrence.TOO_FAR),
        # these match no day at all
        ("2020-03-03", "FREQ=DAILY;INTERVAL=7;BYDAY=WE;COUNT=2", recurrence.NOT_THE_FIRST),
        ("2020-03-03", "FREQ=MONTHLY;BYDAY=1TU;BYMONTHDAY=15;COUNT=2", recurrence.NOT_THE_FIRST),
        ("2020-03-03", "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=31,-31;COUNT=2", recurrence.NOT_THE_FIRST),
    ],
)
def test_absurd_rule_is_refused_soon(first, rrule, message, endless_search):
    """A twentieth of it at most was measured; without the bound in the search it takes as long, and longer."""
    began = time.process_time()
    assert refusal(period(f"{first}T10:00", f"{first}T12:00"), rrule) == of_rule(message)
    assert time.process_time() - began < endless_search * 0.7


@pytest.fixture(scope="module")
def endless_search() -> float:
    """Seconds of CPU that dateutil alone takes here to find that a rule has no day: it looks up to the year 9999."""
    began = time.process_time()
    assert list(rrulestr("FREQ=DAILY;INTERVAL=7;BYDAY=WE;COUNT=2", dtstart=at("2020-03-03T10:00"))) == []
    return time.process_time() - began


def test_sparse_rule_is_found_to_its_end():
    """29 February on a Saturday comes every 28 years, and 2100 is no leap year."""
    first = period("2020-02-29T10:00", "2020-02-29T12:00")
    rrule = "FREQ=MONTHLY;BYMONTHDAY=29;BYDAY=SA;INTERVAL=12;UNTIL=21991231"
    found = expand(first, Recurrence(rrule), most=MOST)
    assert [each.local_start.year for each in found] == [2020, 2048, 2076, 2116, 2144, 2172]


@pytest.mark.parametrize("moment", ["2020-03-11T10:00", "2020-03-10T10:01", "2020-03-24T10:00", "2020-02-25T10:00"])
def test_exclusion_of_no_occurrence_is_refused(moment):
    assert refusal(TUESDAY, "FREQ=WEEKLY;COUNT=3", at(moment)) == of_exdates(recurrence.NOTHING_LEFT_OUT)


def test_exclusion_of_all_occurrences_is_refused():
    both = (at("2020-03-03T10:00"), at("2020-03-10T10:00"))
    assert refusal(TUESDAY, "FREQ=WEEKLY;COUNT=2", *both) == of_exdates(recurrence.ALL_LEFT_OUT)


def test_occurrences_that_overlap_each_other_are_refused():
    long = period("2020-03-03T10:00", "2020-03-04T12:00")
    assert refusal(long, "FREQ=DAILY;COUNT=2") == of_rule(recurrence.OVERLAPPING)
    assert len(days(long, "FREQ=DAILY;INTERVAL=2;COUNT=2")) == 2
    assert len(days(long, "FREQ=DAILY;COUNT=3", at("2020-03-04T10:00"))) == 2
    round_the_clock = period("2020-03-03T10:00", "2020-03-04T10:00")
    assert len(days(round_the_clock, "FREQ=DAILY;COUNT=3")) == 3


RULES = examples(1_000, 10_000)


def test_rules_are_read_as_plain_dates_read_them():
    refused = several = 0
    for dice, drawn in series(seed=2020, number=RULES):
        wall = timedelta(minutes=dice.choice((15, 60, 120, 480, 26 * 60)))
        whole = Period(drawn.first, end_of(drawn.first, wall), drawn.first.tzinfo)
        if whole.local_end - whole.local_start != wall:
            continue  # the clock skips the first one's own end
        excluded = tuple(dice.sample(drawn.starts, dice.randint(0, min(3, len(drawn.starts) - 1))))
        kept = [(each.astimezone(UTC), end_of(each, wall)) for each in drawn.starts if each not in excluded]
        most = len(drawn.starts)
        if any(end > start for (_, end), (start, _) in pairwise(kept)):
            assert refusal(whole, drawn.rrule, *excluded, most=most) == of_rule(recurrence.OVERLAPPING), drawn
            refused += 1
            continue
        found = expand(whole, Recurrence(drawn.rrule, excluded), most=most)
        assert [(each.start, each.end) for each in found] == kept, drawn
        assert_keeps_the_clock(found, whole, wall)
        several += len(found) > 1
    assert (refused > 0.03 * RULES, several > 0.7 * RULES) == (True, True), (refused, several)


def assert_keeps_the_clock(found: tuple[Period, ...], whole: Period, wall: timedelta) -> None:
    assert all(earlier.end <= later.start for earlier, later in pairwise(found))
    assert {each.local_start.time() for each in found} == {whole.local_start.time()}
    ends = [(each.local_start.replace(tzinfo=None) + wall).replace(tzinfo=whole.zone) for each in found]
    shown = {each.local_end.time() for each, end in zip(found, ends, strict=True) if exists(end)}
    assert shown <= {whole.local_end.time()}


def test_rules_that_do_not_fit_their_first_period_are_refused():
    dice = random.Random(7)
    refused = 0
    while refused < 500:
        rule, day = any_rule(dice), date(2026, 1, 1) + timedelta(days=dice.randint(0, 800))
        found = next(takewhile(lambda each, day=day: each <= day, rule.days(day)), None)
        if found == day:
            continue
        first = period(f"{day}T10:00", f"{day}T12:00", dice.choice(ZONES))
        assert refusal(first, f"{rule.text()};COUNT=2") == of_rule(recurrence.NOT_THE_FIRST), (rule, day)
        refused += 1
