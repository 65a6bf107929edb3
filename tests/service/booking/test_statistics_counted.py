"""What the database counts is what a plain reading of the rule counts, booking by booking and day by day."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from services.booking.contract.vocabulary import Kind, Purpose, Status
from services.booking.domain.application import Applicant, Application, Particulars
from services.booking.domain.fees import Charge
from services.booking.domain.statistics import month_parts
from services.booking.models import Booking
from services.booking.queries.statistics import groups
from services.centre.vocabulary import Field
from services.chassis.period import Period
from tests.unit.booking.test_gates import RULES, SEOUL

START, END = date(2020, 1, 20), date(2020, 6, 3)
NIGHT = datetime(2019, 12, 15, 15, tzinfo=UTC)


def anything(draw: random.Random) -> Booking:
    """Any length up to 31 days, around and in the time that is asked for; many at midnight of a month's end."""
    begins = NIGHT + timedelta(minutes=15 * draw.randrange(200 * 24 * 4))
    if draw.random() < 0.3:
        first = datetime(2020, draw.randrange(1, 8), 1, tzinfo=SEOUL).astimezone(UTC)
        begins = first + timedelta(minutes=draw.choice([-60, -15, 0, 15]))
    length = timedelta(minutes=draw.choice([15, 60, 120, 60 * 24 * 31, 15 * draw.randrange(1, 31 * 24 * 4)]))
    application = Application(
        space=RULES.spaces[draw.choice(["edu-1", "hall"])],
        periods=(Period(begins, begins + length, SEOUL),),
        particulars=Particulars("모임", Purpose.COMMUNITY, draw.randrange(1, 30), draw.choice(list(Field))),
        applicant=Applicant("resident-1", "김주민"),
        kind=Kind.STAFF_EVENT,
        applied_at=NIGHT,
        rules=RULES,
    )
    made = Booking.requested(application, application.periods[0], Charge(0))
    made.status = draw.choice([status for status in Status if status is not Status.REJECTED])
    return made


def counted_by_hand(bookings: list[Booking]) -> dict[str, Counter]:
    begun, people, seconds = Counter(), Counter(), Counter()
    for booking in bookings:
        period = Period(booking.starts_at, booking.ends_at, SEOUL)
        for day in period.local_days():
            if START <= day < END:
                key = (f"{day:%Y-%m}", booking.space_id, booking.field, booking.status)
                seconds[key] += int(period.on_day(day).length.total_seconds())
                if day == period.local_start.date():
                    begun[key] += 1
                    people[key] += booking.attendees
    return {"begun": begun, "people": people, "seconds": seconds}


def test_database_counts_what_a_plain_reading_counts(bench_of):
    draw = random.Random(20200401)
    made = [anything(draw) for _ in range(600)]
    database = bench_of("booking").database("booking")
    by_hand = counted_by_hand(made)
    database.transaction(lambda session: session.add_all(made))
    parts = month_parts(START, END)
    found = database.transaction(lambda session: groups(session, parts, RULES.centre))
    told = {"begun": Counter(), "people": Counter(), "seconds": Counter()}
    for each in found:
        key = (each.part.month, each.space_id, each.field, each.status)
        told["begun"][key], told["people"][key] = each.begun, each.attendees
        told["seconds"][key] = int(each.time.total_seconds())
    assert {name: +counter for name, counter in told.items()} == by_hand
