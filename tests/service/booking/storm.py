"""Many people at once do at random what people do with bookings.

`Storm(...).rage(operations)` from greenlets, each operation in a transaction of its own; afterwards `tally` says what
came of them, `trouble` which errors the database gave (its code; `Database.transaction` tries again, so that callers do
not see them), `surfaced` what reached a caller and is no refusal.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import eventlet
from sqlalchemy import event
from sqlalchemy.orm import Session

from services.booking import usecases
from services.booking.contract import bookings as commands
from services.booking.contract import closures
from services.booking.contract.vocabulary import Purpose, RejectReason, Scope
from services.booking.domain.application import Particulars
from services.booking.domain.rules import BookingRules
from services.chassis.context import Actor
from services.chassis.db import Database
from services.chassis.errors import DomainError
from tests.people import STAFF
from tests.service.booking.calls import carry_out, request_of

GREENLETS = 32
NOW = datetime(2020, 3, 10, tzinfo=UTC)
REMEMBERED = 400
"""So many of the latest bookings are changed, decided upon and cancelled."""
MOST_CLOSURES = 3
"""At once: more would leave nothing to be booked."""
OPERATIONS = {
    "request": 40,
    "request_series": 10,
    "change": 14,
    "approve": 10,
    "reject": 4,
    "cancel": 16,
    "close": 2,
    "move_closure": 1,
    "lift_closure": 2,
    "settle": 3,
}
"""How often each comes, in a storm of all."""
DEADLOCK = "40P01"


class Storm:
    """days: from a week ahead so many can be booked by people; the centre's own series reach further."""

    def __init__(
        self,
        database: Database,
        rules: BookingRules,
        *,
        people: int = 20,
        days: int = 21,
        seed: int = 1,
        operations: Mapping[str, int] = OPERATIONS,
    ) -> None:
        self.database, self.rules, self.operations = database, rules, operations
        self.random = random.Random(seed)
        self.people = [_person(number) for number in range(people)]
        self.days = [day for number in range(days) if rules.centre.is_business_day((day := _day(number)).date())]
        self.bookings: list[str] = []
        self.closures: list[str] = []
        self.tally: Counter[str] = Counter()
        self.trouble: Counter[str] = Counter()
        self.surfaced: list[BaseException] = []
        self.seconds = 0.0

    def rage(self, operations: int) -> None:
        pool = eventlet.GreenPool(GREENLETS)
        began = time.perf_counter()
        with self._trouble_counted():
            for name in self.random.choices(list(self.operations), list(self.operations.values()), k=operations):
                pool.spawn_n(self._one, name)
            pool.waitall()
        self.seconds += time.perf_counter() - began

    def _one(self, name: str) -> None:
        try:
            getattr(self, f"_{name}")()
        except DomainError as error:
            self.tally[f"{name}: {error.code}"] += 1
        except Exception as error:  # noqa: BLE001 - kept for the test, which expects none
            self.surfaced.append(error)
        else:
            self.tally[f"{name}: done"] += 1

    @contextmanager
    def _trouble_counted(self) -> Iterator[None]:
        def count(context: Any) -> None:
            self.trouble[getattr(context.original_exception, "pgcode", None) or "other"] += 1

        event.listen(self.database.engine, "handle_error", count)
        yield
        event.remove(self.database.engine, "handle_error", count)

    # --- the operations

    def _do(self, usecase: Callable[..., Any], *given: Any, **named: Any) -> Any:
        def work(session: Session) -> Any:
            if "actor" in named:
                return carry_out(session, usecase, *given, rules=self.rules, now=NOW, **named)
            return usecase(session, *given, rules=self.rules, now=NOW, **named)

        return self.database.transaction(work)

    def _request(self) -> None:
        self._apply(self._somebody(), None)

    def _request_series(self) -> None:
        frequency, count = self.random.choice([("DAILY", 5), ("WEEKLY", 4), ("DAILY", 20), ("MONTHLY", 3)])
        who = STAFF if count > 4 else self._somebody()
        self._apply(who, f"FREQ={frequency};COUNT={count}")

    def _apply(self, who: Actor, rrule: str | None) -> None:
        start, end = self._time()
        group = self.random.choice([None, *who.orgs])
        space = self.random.choice(list(self.rules.spaces))
        request = request_of(space, start, end, self._particulars(), group, rrule)
        answer = self._do(usecases.request_booking, request, actor=who)
        self.bookings = [*self.bookings[1 - REMEMBERED :], self.random.choice(answer.occurrences).id]

    def _change(self) -> None:
        start, end = self._time() if self.random.random() < 0.7 else (None, None)
        space = self.random.choice([None, *self.rules.spaces])
        equipment = self.random.choice([None, self._equipment()])
        change = commands.ChangeBooking(
            booking_id=self._booking(),
            scope=self._scope(),
            space_id=space,
            start=start,
            end=end,
            equipment=equipment,
        )
        self._do(usecases.change_booking, change, actor=STAFF)

    def _approve(self) -> None:
        approval = commands.ApproveBooking(booking_id=self._booking(), scope=self._scope())
        self._do(usecases.approve_booking, approval, actor=STAFF)

    def _reject(self) -> None:
        rejection = commands.RejectBooking(
            booking_id=self._booking(), reason_code=RejectReason.OTHER, scope=self._scope()
        )
        self._do(usecases.reject_booking, rejection, actor=STAFF)

    def _cancel(self) -> None:
        cancellation = commands.CancelBooking(booking_id=self._booking(), scope=self._scope())
        self._do(usecases.cancel_booking, cancellation, actor=STAFF)

    def _close(self) -> None:
        if len(self.closures) >= MOST_CLOSURES:
            self._do(usecases.lift_closure, closures.LiftClosure(closure_id=self.closures.pop(0)), actor=STAFF)
        start, end = self._time()
        spaces = [self.random.choice(list(self.rules.spaces))]
        declaration = closures.DeclareClosure(start=start, to=end, reason="수리", space_ids=spaces)
        closure = self._do(usecases.declare_closure, declaration, actor=STAFF)
        self.closures.append(closure.id)

    def _move_closure(self) -> None:
        _, end = self._time()
        self._do(usecases.change_closure, closures.ChangeClosure(closure_id=self._closure(), to=end), actor=STAFF)

    def _lift_closure(self) -> None:
        closure = self._closure()
        self._do(usecases.lift_closure, closures.LiftClosure(closure_id=closure), actor=STAFF)
        self.closures = [each for each in self.closures if each != closure]

    def _settle(self) -> None:
        while self._do(usecases.settle_closures):
            pass

    # --- at random

    def _time(self) -> tuple[datetime, datetime]:
        """Hours that are open, from which people may still book."""
        day = self.random.choice(self.days)
        start = day + timedelta(hours=self.random.randrange(10))
        return start, start + timedelta(hours=self.random.choice([1, 1, 2]))

    def _particulars(self) -> Particulars:
        return Particulars("모임", Purpose.COMMUNITY, 10, equipment=self._equipment())

    def _equipment(self) -> dict[str, int]:
        return self.random.choice([{}, {}, {"projector": 1}, {"microphone": 3, "folding_table": 4, "projector": 1}])

    def _somebody(self) -> Actor:
        return self.random.choice(self.people)

    def _scope(self) -> Scope:
        return self.random.choice(list(Scope))

    def _booking(self) -> str:
        return self.random.choice(self.bookings) if self.bookings else "none yet"

    def _closure(self) -> str:
        return self.random.choice(self.closures) if self.closures else "none yet"


def _person(number: int) -> Actor:
    return Actor(f"person-{number}", "홍길동", frozenset({"resident"}), (f"group-{number // 4}",))


def _day(number: int) -> datetime:
    return NOW + timedelta(days=7 + number)
