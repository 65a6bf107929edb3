"""Go, wait or skip: scenarios 36 and 37, the law, what people chose; and quiet hours in every zone of the world."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notify.domain.advertising import MARK, RINGS_AT_NIGHT, AdvertisingLaw
from services.notify.domain.language import Language
from services.notify.domain.message import Category, Channel
from services.notify.domain.preferences import Preferences, merged
from services.notify.domain.quiet import QuietHours
from services.notify.domain.sending import Go, Outgoing, Recipient, Skip, Wait, decide
from tests.soak import examples

SEOUL = ZoneInfo("Asia/Seoul")
SENDER = "서구 사회적경제마을지원센터"
LAW = AdvertisingLaw(
    night=QuietHours(time(21), time(8)),
    consent_years=2,
    reminder=timedelta(days=30),
    contacts={"ko": "032-123-4567", "en": "+82-32-123-4567"},
    opt_outs={"ko": "무료수신거부 080-123-4567", "en": "Free opt-out: +82-80-123-4567"},
)
ANYTHING = Preferences({}, None)
CONSENTED = datetime(2019, 6, 1, tzinfo=SEOUL)
PERSON = Recipient(SEOUL, ANYTHING, advertising_consent=CONSENTED)


def at(hour: int, minute: int = 0, second: int = 0, *, day: int = 10) -> datetime:
    return datetime(2020, 3, day, hour, minute, second, tzinfo=SEOUL)


def message(category: Category = Category.ADVERTISING, channel: Channel = Channel.SMS, **known) -> Outgoing:
    subject, body = LAW.marked("마을 장터", "이번 토요일 입주 기업의 장터가 열립니다.", SENDER, Language.KO)
    return Outgoing(
        category, channel, **{"subject": subject, "body": body, "language": Language.KO, **known}, sender=SENDER
    )


def decision(outgoing: Outgoing, recipient: Recipient = PERSON, *, now: datetime = at(12)):
    return decide(outgoing, recipient, law=LAW, centre_zone=SEOUL, now=now)


def test_advertising_sms_of_22_00_waits_until_08_00():
    assert decision(message(), now=at(22)) == Wait(at(8, day=11))
    assert decision(message(), now=at(8, day=11)) == Go()


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        (at(20, 59, 59), True),
        (at(21), False),
        (at(23, 59, 59), False),
        (at(0), False),
        (at(7, 59, 59), False),
        (at(8), True),
    ],
)
@pytest.mark.parametrize("channel", sorted(RINGS_AT_NIGHT))
def test_night_of_the_law_begins_at_21_00_and_ends_at_08_00(channel, now, goes):
    assert isinstance(decision(message(channel=channel), now=now), Go if goes else Wait)


@pytest.mark.parametrize("category", [Category.MANDATORY, Category.SERVICE])
def test_cancellation_at_22_00_is_sent(category):
    assert decision(message(category), now=at(22)) == Go()


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.INBOX])
def test_advertising_that_wakes_nobody_is_sent_at_night(channel):
    assert decision(message(channel=channel), now=at(22)) == Go()


def test_night_is_the_centres_wherever_the_person_is():
    assert decision(message(), replace(PERSON, zone=ZoneInfo("America/New_York")), now=at(22)) == Wait(at(8, day=11))


def test_night_consent_sends_at_night_with_mark_and_opt_out():
    outgoing = message()
    assert decision(outgoing, replace(PERSON, night_consent=CONSENTED), now=at(22)) == Go()
    assert outgoing.body.startswith("(광고)")
    assert outgoing.body.rstrip().endswith("무료수신거부 080-123-4567")


def test_night_consent_of_two_years_ago_counts_no_more():
    person = replace(PERSON, night_consent=datetime(2018, 3, 10, 22, tzinfo=SEOUL))
    assert decision(message(), person, now=at(22)) == Wait(at(8, day=11))
    assert decision(message(), person, now=at(22) - timedelta(seconds=1)) == Go()


def test_opting_out_before_it_is_sent_wins():
    waiting = message(not_before=at(9))
    assert decision(waiting, now=at(8)) == Wait(at(9))
    assert decision(waiting, replace(PERSON, advertising_consent=None), now=at(9)) == Skip("consent_missing")


def test_consent_must_be_confirmed_every_two_years():
    assert decision(message(), now=datetime(2021, 5, 31, 20, 59, 59, tzinfo=SEOUL)) == Go()
    assert decision(message(), now=datetime(2021, 6, 1, 12, tzinfo=SEOUL)) == Skip("consent_expired")
    leap = replace(PERSON, advertising_consent=datetime(2020, 2, 29, 12, tzinfo=SEOUL))
    assert decision(message(), leap, now=datetime(2022, 2, 28, 11, 59, tzinfo=SEOUL)) == Go()
    assert decision(message(), leap, now=datetime(2022, 2, 28, 12, tzinfo=SEOUL)) == Skip("consent_expired")


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"body": message().body.removeprefix(MARK)}, "mark"),
        ({"body": message().body.replace("(광고)", "( 광고 )")}, "mark"),
        ({"body": message().body.replace("(광고)", "(AD)")}, "mark"),
        ({"body": message().body.replace(SENDER, "")}, "sender"),
        ({"body": message().body.replace("032-123-4567", "")}, "contact"),
        ({"body": message().body + "고맙습니다."}, "opt_out"),
        ({"channel": Channel.EMAIL, "subject": "마을 장터"}, "mark"),
    ],
)
def test_advertising_off_the_form_of_the_law_is_not_sent(spoilt, reason):
    assert decision(replace(message(), **spoilt)) == Skip(f"advertising_without_{reason}")


def test_marked_twice_is_marked_once():
    outgoing = message()
    again = LAW.marked(outgoing.subject, "(광고) 장터", SENDER, Language.KO)
    assert again[0] == outgoing.subject
    assert again[1].count("(광고)") == 1


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("category", list(Category))
def test_muted_is_skipped_unless_mandatory(category, channel):
    muted = Preferences({each: dict.fromkeys(Channel, False) for each in Category}, None)
    outgoing = message(category, channel)
    wanted = Go() if category is Category.MANDATORY else Skip("muted")
    assert decision(outgoing, replace(PERSON, preferences=muted)) == wanted


def test_own_choice_replaces_the_centres_where_there_is_one():
    centre = Preferences({Category.SERVICE: {Channel.SMS: False, Channel.EMAIL: True}}, QuietHours(time(22), time(7)))
    own = Preferences({Category.SERVICE: {Channel.SMS: True}, Category.ADVERTISING: {Channel.EMAIL: False}}, None)
    both = merged(centre, own)
    asked = [(Category.SERVICE, Channel.SMS), (Category.SERVICE, Channel.EMAIL), (Category.ADVERTISING, Channel.EMAIL)]
    assert [both.wants(*each) for each in asked] == [True, True, False]
    assert both.quiet == centre.quiet
    assert merged(centre, None) == centre
    assert merged(centre, Preferences({}, QuietHours(time(1), time(2)))).quiet == QuietHours(time(1), time(2))


def test_quiet_hours_hold_service_messages_in_the_persons_zone():
    berlin = ZoneInfo("Europe/Berlin")
    person = Recipient(berlin, Preferences({}, QuietHours(time(22), time(7))))
    now = datetime(2020, 3, 10, 23, tzinfo=berlin)
    service = message(Category.SERVICE, Channel.EMAIL)
    assert decision(service, person, now=now) == Wait(datetime(2020, 3, 11, 7, tzinfo=berlin))
    assert decision(replace(service, channel=Channel.INBOX), person, now=now) == Go()
    assert decision(replace(service, category=Category.MANDATORY), person, now=now) == Go()


def test_latest_of_all_waits_is_named():
    person = replace(PERSON, preferences=Preferences({}, QuietHours(time(20), time(9))))
    assert decision(message(not_before=at(7, day=11)), person, now=at(22)) == Wait(at(9, day=11))
    assert decision(message(not_before=at(10, day=12)), person, now=at(22)) == Wait(at(10, day=12))


def test_quiet_hours_without_length_are_refused():
    with pytest.raises(ValueError, match="another time"):
        QuietHours(time(9), time(9))


ZONES = sorted(available_timezones() - {"localtime", "Factory"})
MINUTES = st.times().map(lambda each: each.replace(second=0, microsecond=0))
SPANS = st.tuples(MINUTES, MINUTES).filter(lambda span: span[0] != span[1]).map(lambda span: QuietHours(*span))
MOMENTS = st.integers(0, 45 * 366 * 24 * 60).map(
    lambda each: datetime(1995, 1, 1, tzinfo=UTC) + timedelta(minutes=each)
)
SHIFT = timedelta(hours=3)
"""No clock was set by more at once since 1995, but where a zone left out a whole day."""


def length(span: QuietHours) -> timedelta:
    day = datetime(2020, 1, 1)  # noqa: DTZ001 by the clock on the wall
    return (datetime.combine(day, span.end) - datetime.combine(day, span.start)) % timedelta(days=1)


def hold(span: QuietHours, zone: ZoneInfo, now: datetime) -> None:
    """What must be true of any quiet hours, anywhere, at any time."""
    person = Recipient(zone, Preferences({}, span))
    verdict = decision(message(Category.SERVICE, Channel.SMS), person, now=now)
    if not span.cover(now, zone):
        assert verdict == Go()
        return
    assert isinstance(verdict, Wait)
    assert now < verdict.until <= now + length(span) + SHIFT
    assert not span.cover(verdict.until, zone)
    assert decision(message(Category.SERVICE, Channel.SMS), person, now=verdict.until) == Go()
    shown = verdict.until.astimezone(zone).replace(tzinfo=None)
    late = (shown - datetime.combine(shown.date(), span.end)) % timedelta(days=1)
    assert late <= SHIFT, "no later than its end, but for what the clock left out"
    if late:
        left_out = (shown - late).replace(tzinfo=zone)
        assert left_out.astimezone(UTC).astimezone(zone) != left_out, "only an end that the clock leaves out is late"


@settings(max_examples=examples(100, 5000))
@given(span=SPANS, zone=st.sampled_from(ZONES).map(ZoneInfo), now=MOMENTS)
def test_nobody_is_disturbed_in_quiet_hours_in_any_zone(span, zone, now):
    hold(span, zone, now)


@settings(max_examples=examples(8, 1000))
@given(
    ends=st.integers(-90, 90),
    lasts=st.integers(1, 23 * 60),
    offset=st.integers(-180, 180),
    year=st.integers(2000, 2035),
)
def test_nobody_is_disturbed_about_daylight_saving_in_all_zones_that_have_it(ends, lasts, offset, year):
    """Quiet hours that end about the time at which the clock is set."""
    for zone, edge in edges(year):
        end = edge.astimezone(zone).replace(tzinfo=None) + timedelta(minutes=ends)
        span = QuietHours((end - timedelta(minutes=lasts)).time(), end.time())
        hold(span, zone, edge + timedelta(minutes=offset))


NEW_YORK = ZoneInfo("America/New_York")


def test_quiet_hour_that_comes_twice_is_quiet_twice():
    """1 November 2020: 02:00 becomes 01:00 again."""
    span = QuietHours(time(22), time(1, 30))
    evening = datetime(2020, 11, 1, 0, 50, tzinfo=NEW_YORK)
    first, again = (datetime(2020, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=fold).astimezone(UTC) for fold in (0, 1))
    assert span.end_after(evening, NEW_YORK) == first
    assert span.end_after(first + timedelta(minutes=40), NEW_YORK) == again


def test_end_that_the_clock_leaves_out_comes_as_much_later():
    """8 March 2020: 02:00 becomes 03:00."""
    span = QuietHours(time(22), time(2, 30))
    assert span.end_after(datetime(2020, 3, 8, 1, tzinfo=NEW_YORK), NEW_YORK) == datetime(
        2020, 3, 8, 3, 30, tzinfo=NEW_YORK
    )


def test_zones_with_daylight_saving_are_many():
    """Or the property above is about nothing."""
    assert len({zone.key for zone, _ in edges(2020)}) > 100


@cache
def edges(year: int) -> list[tuple[ZoneInfo, datetime]]:
    """(zone, moment) of every change of a clock in the year, to the hour, one zone for each pattern of changes."""
    found = []
    start = datetime(year, 1, 1, tzinfo=UTC)
    for name in ZONES:
        zone = ZoneInfo(name)
        offsets = [(start + timedelta(days=day)).astimezone(zone).utcoffset() for day in range(367)]
        for day in range(366):
            if offsets[day] != offsets[day + 1]:
                hours = [start + timedelta(days=day, hours=hour) for hour in range(25)]
                found.append(
                    next(
                        (zone, late)
                        for early, late in pairwise(hours)
                        if early.astimezone(zone).utcoffset() != late.astimezone(zone).utcoffset()
                    )
                )
    return found
