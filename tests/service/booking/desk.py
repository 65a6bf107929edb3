"""Where the centre's clerk and the book on paper stand side by side: after each deed both must agree."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy.orm import Session

from services.booking.contract.vocabulary import Purpose
from services.booking.domain.application import ExemptionClaim, Particulars
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking
from services.booking.schemas.heard import EndedTenancy, StartedTenancy
from services.booking.usecases import end_allowance, grant_allowance
from services.chassis.context import Actor
from services.chassis.db import Database
from tests.people import RESIDENT, STAFF
from tests.service.booking.clerk import Clerk, Found, Row
from tests.service.booking.paper import charging
from tests.service.booking.paper.book import Book
from tests.service.booking.paper.centre import QUANTITY, QUOTA, SEOUL, TICK
from tests.service.booking.paper.charging import TENANT, TENANT_FROM, TENANT_UNTIL
from tests.service.booking.paper.entries import LEGAL, Entry, Shut
from tests.service.booking.wishes import MEMBERS

BEGINS = datetime(2020, 3, 10, 9, tzinfo=SEOUL)


class Desk(RuleBasedStateMachine):
    def __init__(self, database: Database, rules: BookingRules) -> None:
        super().__init__()
        self.clerk = Clerk(database, rules)
        self.clerk.clear()
        database.transaction(_let_to_tenant)
        self.book = Book(BEGINS)
        self.statuses: dict[str, str] = {}

    # --- for the deeds

    def wished(self, wish: dict[str, Any], kind: str) -> Entry:
        start = self.midnight() + timedelta(days=wish["days"]) + wish["start"]
        return Entry(
            kind,
            wish["space"],
            start,
            start + wish["length"],
            wish["attendees"],
            wish["purpose"],
            equipment=wish["equipment"],
            ground=wish["ground"],
            applied_at=self.book.now,
        )

    def midnight(self) -> datetime:
        return self.book.now.astimezone(SEOUL).replace(hour=0, minute=0, second=0)

    def pick(self, number: int, *statuses: str) -> Entry:
        """Mostly one in a state in which something can be done with it."""
        entries = list(self.book.entries.values())
        fitting = [each for each in entries if each.status in statuses] if number % 5 else []
        return (fitting or entries)[number % len(fitting or entries)]

    def pick_closure(self, number: int) -> Shut:
        closures = list(self.book.closures.values())
        return closures[number % len(closures)]

    def acting(self, role: str, entry: Entry) -> Actor:
        if role == "owner" and entry.person:
            return next(who for who in (*MEMBERS, RESIDENT, STAFF) if who.id == entry.person)
        return RESIDENT if role == "stranger" else STAFF

    def may(self, who: Actor, entry: Entry) -> bool:
        return is_staff(who) or who.id == entry.person or (entry.group is not None and entry.group in who.orgs)

    def until_done(self, timer: Callable[..., bool]) -> None:
        while self.clerk.do(timer, now=self.book.now)[1]:
            pass

    def enter(self, entries: Sequence[Entry], made: Sequence[Booking]) -> None:
        """With the ids and the free minutes that they got; whether these are right is looked at."""
        for entry, booking in zip(entries, sorted(made, key=lambda each: each.starts_at), strict=True):
            assert entry.id in {"", booking.id}
            entry.id, entry.fee, entry.free_minutes = booking.id, booking.fee, booking.allowance_minutes
        ids = {entry.id for entry in entries}
        assert charging.faults(entries, [each for each in self.book.entries.values() if each.id not in ids]) == []
        self.book.enter(entries)

    # --- what must always be so

    @invariant()
    def both_agree(self) -> None:
        found = self.clerk.find()
        live = [entry for entry in self.book.entries.values() if entry.is_live]
        assert {row.id: row for row in found.bookings} == {each.id: _row(each) for each in self.book.entries.values()}
        assert found.holds == set().union(*(entry.holds for entry in live))
        assert found.uses == set().union(*(entry.uses for entry in live))
        self._every_step_was_legal(found)
        _nothing_is_exceeded(found)

    def _every_step_was_legal(self, found: Found) -> None:
        for row in found.bookings:
            before = self.statuses.get(row.id, row.status)
            assert before == row.status or (before, row.status) in LEGAL
            self.statuses[row.id] = row.status


def is_staff(who: Actor) -> bool:
    return "staff" in who.roles


def particulars_of(entry: Entry) -> Particulars:
    return Particulars(
        title=entry.title,
        purpose=Purpose(entry.purpose),
        attendees=entry.attendees,
        equipment=entry.equipment,
        exemption=ExemptionClaim(entry.ground, "증빙") if entry.ground else None,
    )


def _row(entry: Entry) -> Row:
    return Row(
        entry.id,
        entry.space,
        entry.kind,
        entry.status,
        entry.start,
        entry.end,
        entry.party,
        entry.month,
        entry.counts,
        entry.fee,
        entry.refund,
        entry.free_minutes,
        entry.decide_by,
        entry.closure,
    )


def _nothing_is_exceeded(found: Found) -> None:
    for (_, room, start, end), (_, other, begins, ends) in combinations(found.holds, 2):
        assert room != other or end <= begins or ends <= start
    out: Counter[tuple[str, datetime]] = Counter()
    for _, piece, quantity, start, end in found.uses:
        for number in range((end - start) // TICK):
            out[piece, start + number * TICK] += quantity
    assert all(quantity <= QUANTITY[piece] for (piece, _), quantity in out.items())
    places = Counter((row.party, row.month) for row in found.bookings if row.counts)
    assert all(taken <= QUOTA for taken in places.values())


def _let_to_tenant(session: Session) -> None:
    grant_allowance(session, StartedTenancy("tenancy", TENANT, TENANT_FROM))
    session.flush()
    end_allowance(session, EndedTenancy("tenancy", TENANT_UNTIL))
