"""Calls the use cases as the entrypoints do, one transaction each, and reads what stands in the database afterwards."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.booking.contract.bookings import ChangedBooking
from services.booking.domain.rules import BookingRules
from services.booking.models import (
    Booking,
    Closure,
    CourseRoom,
    Decision,
    EquipmentUse,
    Hold,
    Penalty,
    Quota,
    Series,
    TenantAllowance,
)
from services.chassis.db import Database
from services.chassis.errors import DomainError, Refused
from services.chassis.outbox import outbox
from tests.service.booking.calls import carry_out, rows_of

WRITTEN = (EquipmentUse, Hold, Decision, Penalty, CourseRoom, Booking, Series, Closure, Quota, TenantAllowance)


class Row(NamedTuple):
    id: str
    space: str
    kind: str
    status: str
    start: datetime
    end: datetime
    party: str
    month: str
    counts: bool
    fee: int
    refund: int | None
    free_minutes: int
    decide_by: datetime | None
    closure: str | None


class Found(NamedTuple):
    bookings: list[Row]
    holds: set[tuple[str, str, datetime, datetime]]
    uses: set[tuple[str, str, int, datetime, datetime]]


class Clerk:
    def __init__(self, database: Database, rules: BookingRules) -> None:
        self.database = database
        self.rules = rules

    def do(self, usecase: Callable[..., Any], *given: Any, **named: Any) -> tuple[set[str], Any]:
        """The codes of what it is refused for, and what it returns when it is not: of bookings their rows.

        With an actor it is a command.
        """

        def work(session: Session) -> Any:
            if "actor" not in named:
                return usecase(session, *given, rules=self.rules, **named)
            answer = carry_out(session, usecase, *given, rules=self.rules, **named)
            return rows_of(session, answer) if isinstance(answer, ChangedBooking) else answer

        try:
            done = self.database.transaction(work)
        except Refused as refused:
            return {refusal.code for refusal in refused.refusals}, None
        except DomainError as error:
            return {error.code}, None
        return set(), done

    def granted(self, session_id: str) -> str | None:
        """The booking of a course session."""
        wanted = select(CourseRoom.booking_id).where(CourseRoom.session_id == session_id)
        return self.database.transaction(lambda session: session.execute(wanted).scalar_one())

    def last_event(self) -> dict[str, Any]:
        newest = select(outbox.c.envelope).order_by(outbox.c.id.desc()).limit(1)
        return json.loads(self.database.transaction(lambda session: session.execute(newest).scalar_one()))

    def find(self) -> Found:
        return self.database.transaction(_found)

    def clear(self) -> None:
        self.database.transaction(_cleared)


def _found(session: Session) -> Found:
    bookings = session.execute(
        select(
            Booking.id,
            Booking.space_id,
            Booking.kind,
            Booking.status,
            Booking.starts_at,
            Booking.ends_at,
            Booking.party_id,
            Booking.month,
            Booking.counts,
            Booking.fee,
            Booking.refund,
            Booking.allowance_minutes,
            Booking.decide_by,
            Booking.closure_id,
        )
    )
    holds = session.execute(select(Hold.booking_id, Hold.room_id, Hold.starts_at, Hold.ends_at))
    uses = session.execute(
        select(
            EquipmentUse.booking_id,
            EquipmentUse.equipment_id,
            EquipmentUse.quantity,
            EquipmentUse.starts_at,
            EquipmentUse.ends_at,
        )
    )
    return Found([Row(*row) for row in bookings], {tuple(row) for row in holds}, {tuple(row) for row in uses})


def _cleared(session: Session) -> None:
    for table in WRITTEN:
        session.execute(delete(table))
    session.execute(delete(outbox))
