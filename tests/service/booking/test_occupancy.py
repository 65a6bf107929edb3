"""What is taken, asked of both databases: against a search that looks at every hold, and case by case."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, insert

from services.booking.models import Booking, Hold, Room
from services.booking.queries.occupancy import Asked, Taken, clashes, taken
from services.chassis.db import Database
from services.chassis.period import Period
from tests.service import migrated

SEOUL = ZoneInfo("Asia/Seoul")
MIDNIGHT = datetime(2020, 3, 20, tzinfo=UTC)
STEP = timedelta(minutes=30)
ROOMS = ("edu-1", "edu-2", "lounge", "meeting")


@pytest.fixture
def database(database_kind) -> Iterator[Database]:
    with migrated.lend(database_kind, "booking", connections=1) as database:
        yield database


def hours(start: float, end: float) -> Period:
    """From the midnight that all these tests count from."""
    return Period(MIDNIGHT + timedelta(hours=start), MIDNIGHT + timedelta(hours=end), SEOUL)


def store(database: Database, holds: list[tuple[str, str, Period]]) -> None:
    """(booking, room, period): each room and booking is made as well."""
    bookings = {
        booking: {
            "id": booking,
            "space_id": "any",
            "status": "approved",
            "title": "",
            "purpose": "community",
            "attendees": 3,
            "starts_at": period.start,
            "ends_at": period.end,
            "requester_id": "r",
            "requester_name": "r",
            "requested_at": MIDNIGHT,
            "version": 1,
        }
        for booking, _, period in holds
    }
    held = [
        {"booking_id": booking, "room_id": room, "starts_at": period.start, "ends_at": period.end}
        for booking, room, period in holds
    ]

    def write(session) -> None:
        session.execute(insert(Room.__table__), [{"id": room} for room in sorted({room for _, room, _ in holds})])
        session.execute(insert(Booking.__table__), list(bookings.values()))
        session.execute(insert(Hold.__table__), held)

    database.transaction(write)


def find(database: Database, rooms, periods, **apart) -> list[tuple[int, str, str]]:
    """(number of the period, room, booking) of everything that is taken."""
    found = database.transaction(lambda session: taken(session, rooms, periods, **apart))
    return [(each.wanted, each.room_id, each.booking_id) for each in found]


def search(database: Database, *asked: Asked) -> list[dict[str, frozenset[int]]]:
    return database.transaction(lambda session: clashes(session, asked))


def statements(database: Database, work) -> list[str]:
    """What `work(session)` sends to the database, the begin and end of its transaction aside."""
    sent: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        sent.append(statement)

    def watched(session) -> None:
        session.connection()  # begins
        event.listen(database.engine, "before_cursor_execute", note)
        try:
            work(session)
        finally:
            event.remove(database.engine, "before_cursor_execute", note)

    database.transaction(watched)
    return sent


def crowded(chance: random.Random) -> list[tuple[str, str, Period]]:
    """Each room's holds one after the other for some weeks: many touch, some last for days, bookings have several."""
    holds = []
    for room in ROOMS:
        at = MIDNIGHT + chance.randrange(10) * STEP
        for _ in range(60):
            end = at + chance.choice((1, 2, 3, 4, 6, 60, 150)) * STEP
            holds.append((f"b{chance.randrange(25)}", room, Period(at, end, SEOUL)))
            at = end + chance.choice((0, 0, 1, 2, 5, 40)) * STEP
    return holds


def some_periods(chance: random.Random, how_many: int) -> list[Period]:
    starts = [MIDNIGHT + chance.randrange(-20, 2400) * STEP for _ in range(how_many)]
    return [Period(start, start + chance.choice((1, 2, 4, 7, 50, 200)) * STEP, SEOUL) for start in starts]


def by_looking_at_all(holds, rooms, periods, apart_from=()) -> list[Taken]:
    found = [
        Taken(room, held, number, booking)
        for number, wanted in enumerate(periods)
        for booking, room, held in holds
        if room in rooms and booking not in apart_from and held.overlaps(wanted)
    ]
    return sorted(found, key=lambda each: (each.wanted, each.period.start, each.room_id))


@pytest.mark.parametrize("seed", range(4))
def test_random_holds_are_found_as_by_looking_at_all(database, seed):
    chance = random.Random(seed)
    holds = crowded(chance)
    store(database, holds)
    bookings = sorted({booking for booking, _, _ in holds})
    for _ in range(20):
        rooms = chance.sample(ROOMS, chance.randint(1, 4))
        periods = some_periods(chance, 40)
        apart = chance.sample(bookings, chance.choice((0, 1, 1, 8)))
        found = database.transaction(
            lambda session, rooms=rooms, periods=periods, apart=apart: taken(session, rooms, periods, apart_from=apart)
        )
        assert found == by_looking_at_all(holds, rooms, periods, apart)


@pytest.mark.parametrize("seed", range(4))
def test_random_clashes_are_found_as_by_looking_at_all(database, seed):
    chance = random.Random(seed)
    holds = crowded(chance)
    store(database, holds)
    for _ in range(20):
        asked = [
            Asked(chance.sample(ROOMS, chance.randint(1, 4)), some_periods(chance, chance.randint(1, 40)))
            for _ in range(chance.randint(1, 3))
        ]
        expected = []
        for each in asked:
            found = by_looking_at_all(holds, each.rooms, each.periods)
            expected.append(
                {room: frozenset(one.wanted for one in found if one.room_id == room) for room in each.rooms}
            )
        assert search(database, *asked) == expected


def test_period_that_only_touches_is_free(database):
    store(database, [("before", "edu-1", hours(8, 10)), ("after", "edu-1", hours(12, 14))])
    assert find(database, ["edu-1"], [hours(10, 12)]) == []
    assert search(database, Asked(["edu-1"], [hours(10, 12)])) == [{"edu-1": frozenset()}]


def test_shortest_overlap_at_either_end_is_found(database):
    store(database, [("before", "edu-1", hours(8, 10)), ("after", "edu-1", hours(12, 14))])
    instant = timedelta(microseconds=1) / timedelta(hours=1)
    early, late = hours(10 - instant, 12), hours(10, 12 + instant)
    assert find(database, ["edu-1"], [early, late]) == [(0, "edu-1", "before"), (1, "edu-1", "after")]
    assert search(database, Asked(["edu-1"], [early, late])) == [{"edu-1": frozenset({0, 1})}]


def test_period_of_days_meets_every_hold_in_it(database):
    inside = [(f"b{number}", "edu-1", hours(24 * number + 9, 24 * number + 11)) for number in range(4)]
    store(database, [*inside, ("reaching in", "edu-1", hours(-30, 1))])
    expected = [(0, "edu-1", "reaching in"), *[(0, "edu-1", f"b{number}") for number in range(3)]]
    assert find(database, ["edu-1"], [hours(0, 72)]) == expected


def test_hold_over_several_periods_is_named_for_each(database):
    store(database, [("festival", "edu-1", hours(9, 60))])
    periods = [hours(24 * number + 10, 24 * number + 12) for number in range(4)]
    assert find(database, ["edu-1"], periods) == [(number, "edu-1", "festival") for number in range(3)]
    assert search(database, Asked(["edu-1"], periods)) == [{"edu-1": frozenset({0, 1, 2})}]


def test_taken_names_the_hold_with_its_period_in_the_zone_that_was_asked(database):
    store(database, [("b", "edu-1", hours(9, 11))])
    found = database.transaction(lambda session: taken(session, ["edu-1"], [hours(10, 12)]))
    assert found == [Taken("edu-1", hours(9, 11), 0, "b")]


def test_hold_before_an_ignored_one_is_still_found(database):
    store(database, [("other", "edu-1", hours(9, 12)), ("own", "edu-1", hours(12, 13))])
    assert find(database, ["edu-1"], [hours(10, 14)], apart_from=["own"]) == [(0, "edu-1", "other")]


def test_hold_after_an_ignored_one_is_still_found(database):
    store(database, [("own", "edu-1", hours(9, 12)), ("other", "edu-1", hours(12, 13))])
    assert find(database, ["edu-1"], [hours(10, 14)], apart_from=["own"]) == [(0, "edu-1", "other")]


def test_holds_around_ignored_ones_are_still_found(database):
    names = ("own 1", "other 1", "own 2", "other 2", "own 3")
    store(database, [(name, "edu-1", hours(9 + number, 10 + number)) for number, name in enumerate(names)])
    apart = ["own 1", "own 2", "own 3"]
    expected = [(0, "edu-1", "other 1"), (0, "edu-1", "other 2")]
    assert find(database, ["edu-1"], [hours(9.5, 13.5)], apart_from=apart) == expected


def test_hold_that_ended_before_an_ignored_one_is_not_found(database):
    store(database, [("other", "edu-1", hours(8, 10)), ("own", "edu-1", hours(10, 13))])
    assert find(database, ["edu-1"], [hours(10, 12)], apart_from=["own"]) == []


def test_ignored_booking_is_ignored_in_each_of_its_rooms(database):
    store(database, [("own", "edu-1", hours(9, 12)), ("own", "edu-2", hours(9, 12)), ("other", "lounge", hours(9, 12))])
    rooms = ["edu-1", "edu-2", "lounge"]
    assert find(database, rooms, [hours(9, 12)], apart_from=["own"]) == [(0, "lounge", "other")]


def test_room_asked_with_and_without_buffer_is_answered_for_each(database):
    store(database, [("b", "edu-1", hours(12, 14))])
    alone, with_buffer = Asked(["edu-1", "edu-2"], [hours(10, 12)]), Asked(["edu-1"], [hours(9.5, 12.5)])
    expected = [{"edu-1": frozenset(), "edu-2": frozenset()}, {"edu-1": frozenset({0})}]
    assert search(database, alone, with_buffer) == expected


def test_nothing_asked_is_nothing_taken(database):
    store(database, [("b", "edu-1", hours(9, 12))])
    assert find(database, [], [hours(9, 12)]) == []
    assert find(database, ["edu-1"], []) == []
    assert search(database) == []
    assert search(database, Asked(["edu-1"], []), Asked([], [hours(9, 12)])) == [{"edu-1": frozenset()}, {}]


def test_room_given_twice_is_answered_once(database):
    store(database, [("b", "edu-1", hours(9, 12))])
    assert find(database, ["edu-1", "edu-1"], [hours(9, 12)]) == [(0, "edu-1", "b")]
    assert search(database, Asked(["edu-1", "edu-1"], [hours(9, 12)])) == [{"edu-1": frozenset({0})}]


@pytest.mark.parametrize("name", ["2", "o'clock", 'a "b" \\ c', "%s :x {}", "교육장 1"])
def test_name_of_any_letters_is_found_and_ignored(database, name):
    store(database, [(name, name, hours(9, 12))])
    assert find(database, [name], [hours(9, 12)]) == [(0, name, name)]
    assert find(database, [name], [hours(9, 12)], apart_from=[name]) == []
    assert search(database, Asked([name], [hours(9, 12)])) == [{name: frozenset({0})}]


def test_hold_of_this_transaction_is_found_before_it_is_written(database):
    store(database, [("b", "edu-1", hours(9, 10))])

    def add_and_ask(session) -> tuple[list[Taken], list[dict[str, frozenset[int]]]]:
        held = hours(10, 12)
        session.add(Hold(booking_id="b", room_id="edu-1", starts_at=held.start, ends_at=held.end))
        return taken(session, ["edu-1"], [held]), clashes(session, [Asked(["edu-1"], [held])])

    expected = [Taken("edu-1", hours(10, 12), 0, "b")], [{"edu-1": frozenset({0})}]
    assert database.transaction(add_and_ask) == expected


def test_any_number_of_rooms_and_periods_is_one_statement_and_always_the_same(database):
    store(database, [("b", "edu-1", hours(9, 12))])
    rooms = [f"room-{number}" for number in range(200)]
    periods = [hours(24 * number + 9, 24 * number + 12) for number in range(250)]
    cases = [(rooms[:1], periods[:1]), (rooms[:1], periods), (rooms, periods[:1]), (rooms, periods)]
    decisions = [statements(database, lambda session, r=r, p=p: taken(session, r, p, apart_from=r)) for r, p in cases]
    searches = [statements(database, lambda session, r=r, p=p: clashes(session, [Asked(r, p)] * 2)) for r, p in cases]
    for sent in (decisions, searches):
        assert [len(each) for each in sent] == [1] * len(cases)
        assert len({statement for each in sent for statement in each}) == 1
