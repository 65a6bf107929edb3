"""The search for a free space: what it says of each, and in how many queries."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from services.booking.contract.bookings import Recurrence
from services.booking.contract.spaces import SearchAvailability
from services.booking.contract.vocabulary import Purpose
from services.booking.domain.application import Particulars
from services.booking.queries.availability import search_availability
from services.booking.usecases import request_booking
from services.chassis.errors import NotFound
from tests.people import RESIDENT, STAFF
from tests.service.booking.calls import carry_out, request_of

NOW = datetime(2020, 3, 10, tzinfo=UTC)
TEN = datetime(2020, 3, 20, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def search(database_of_each_kind, load_rules):
    """search(**wish): by space, the codes of what speaks against it."""
    rules = load_rules(database_of_each_kind)

    def found(wish: SearchAvailability, *, staff: bool = False, among=rules) -> dict[str, list[str]]:
        actor = STAFF if staff else RESIDENT
        items = database_of_each_kind.transaction(
            lambda session: carry_out(session, search_availability, wish, actor=actor, rules=among, now=NOW)
        ).items
        return {each.space.id: [refusal.code for refusal in each.refusals] for each in items}

    found.rules, found.database = rules, database_of_each_kind
    return found


def book(search, space: str, start: datetime = TEN, hours: int = 2, **particulars) -> None:
    request = request_of(space, start, start + hours * HOUR, Particulars("모임", Purpose.COMMUNITY, 10, **particulars))
    search.database.transaction(
        lambda session: carry_out(session, request_booking, request, actor=RESIDENT, rules=search.rules, now=NOW)
    )


@contextmanager
def statements(database):
    found: list[str] = []

    def note(*given) -> None:
        if not given[2].startswith("BEGIN"):
            found.append(given[2])

    event.listen(database.engine, "before_cursor_execute", note)
    yield found
    event.remove(database.engine, "before_cursor_execute", note)


def test_search_says_of_each_space_what_speaks_against_it(search):
    book(search, "edu-1", equipment={"projector": 2})
    assert search(SearchAvailability(start=TEN + HOUR, end=TEN + 3 * HOUR, attendees=20)) == {
        "edu-1": ["slot_taken"],
        "edu-2": [],
        "meeting": ["over_capacity"],
        "lounge": [],
        "hall": ["slot_taken"],
    }
    short = search(SearchAvailability(start=TEN, end=TEN + HOUR, equipment={"projector": 1}))
    assert short["edu-2"] == ["equipment_short"]


def test_hall_is_not_free_in_the_buffer_before_another_booking_of_its_rooms(search):
    book(search, "edu-1", TEN + 2 * HOUR)
    found = search(SearchAvailability(start=TEN, end=TEN + 2 * HOUR))
    assert (found["edu-1"], found["hall"]) == ([], ["slot_taken"])


def test_series_is_free_where_all_of_its_dates_are(search):
    book(search, "edu-1", TEN + timedelta(days=7))
    weekly = SearchAvailability(start=TEN, end=TEN + HOUR, recurrence=Recurrence(rrule="FREQ=WEEKLY;COUNT=4"))
    assert search(weekly) == {"edu-1": ["slot_taken"], "edu-2": [], "meeting": [], "lounge": [], "hall": ["slot_taken"]}


def test_unknown_equipment_is_not_found(search):
    with pytest.raises(NotFound):
        search(SearchAvailability(start=TEN, end=TEN + HOUR, equipment={"piano": 1}))


def test_search_asks_as_often_for_200_rooms_and_250_dates_as_for_one_of_each(search):
    edu = search.rules.spaces["edu-1"]
    names = [f"room-{number}" for number in range(200)]
    many = replace(search.rules, spaces={name: replace(edu, id=name, rooms=(name,)) for name in names})
    one = replace(search.rules, spaces={"edu-1": edu})
    daily = Recurrence(rrule="FREQ=DAILY;COUNT=250")
    counts = []
    for among, recurrence in ((one, None), (many, daily)):
        wish = SearchAvailability(start=TEN, end=TEN + HOUR, equipment={"projector": 1}, recurrence=recurrence)
        with statements(search.database) as asked:
            search(wish, staff=True, among=among)
        counts.append(len(asked))
    assert counts == [3, 3]  # closures, equipment, holds
