"""Who applied, their group, or staff change a booking, or more of its series."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.booking import events
from services.booking.domain.application import Application
from services.booking.domain.deadline import deadline
from services.booking.domain.lifecycle import Action, Status, after
from services.booking.domain.rules import LONGEST, BookingRules
from services.booking.models import Booking
from services.booking.schemas.commands import ChangeBooking
from services.booking.usecases import access, audit, holding
from services.booking.usecases.admission import admit, admit_all
from services.booking.usecases.applying_again import alike, application_of, period_of
from services.booking.usecases.charging import charge
from services.booking.usecases.request_booking import known
from services.booking.usecases.scoping import lock_for_action
from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import Invalid, StaleVersion
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.chassis.period import Period


def change_booking(
    session: Session, command: ChangeBooking, *, actor: Actor, rules: BookingRules, now: datetime
) -> list[Booking]:
    """All of the meant ones or none. A new time shifts the others of a series by as much, by the clock on the wall.

    What an applicant changes is decided upon anew. Raises NotFound, IllegalTransition, StaleVersion, Invalid, and
    Refused as for an application.
    """
    meant = access.require_known(session, command.booking_id, actor)
    action = Action.MOVE if roles.is_staff(actor) else Action.CHANGE
    bookings = lock_for_action(session, command.booking_id, command.scope, action, now=now)
    if command.version is not None and command.version != meant.version:
        raise StaleVersion
    shift = Shift.of(period_of(meant, rules), command)
    changes = [_changed(group, command, shift, rules, now) for group in alike(bookings)]
    ids = [booking.id for booking in bookings]
    if len(changes) == 1:
        admit(session, changes[0].application, apart_from=ids)
    else:
        admit_all(session, [change.application for change in changes], apart_from=ids)

    before = [audit.snapshot(booking) for booking in bookings]
    unwritten = set(ids)
    for change in changes:
        _write(session, change, action, unwritten, now)
        unwritten.difference_update(booking.id for booking in change.bookings)
    holding.release(session, ids)
    holding.take(session, bookings, rules)
    audit.record(session, bookings, action, before=before, actor=actor, now=now)
    emit(session, events.of(events.BOOKING_CHANGED, bookings, rules), now=now)
    return bookings


@dataclass(frozen=True)
class Shift:
    """By how much the beginning and the end move, by the clock on the wall."""

    start: timedelta
    end: timedelta

    @classmethod
    def of(cls, period: Period, command: ChangeBooking) -> Shift:
        start = command.start.astimezone(period.zone) if command.start else period.local_start
        end = command.end.astimezone(period.zone) if command.end else period.local_end
        return cls(
            _on_the_wall(start) - _on_the_wall(period.local_start), _on_the_wall(end) - _on_the_wall(period.local_end)
        )

    def __bool__(self) -> bool:
        return bool(self.start or self.end)

    def applied_to(self, period: Period) -> Period:
        """Raises Invalid."""
        start = (_on_the_wall(period.local_start) + self.start).replace(tzinfo=period.zone)
        end = (_on_the_wall(period.local_end) + self.end).replace(tzinfo=period.zone)
        if start >= end:
            raise Invalid(errors={"end": [_("This must be after the start.")]})
        if end - start > LONGEST:
            raise Invalid(errors={"end": [_("A booking lasts at most 31 days.")]})
        return Period(start, end, period.zone)


@dataclass(frozen=True)
class Change:
    """What alike bookings become: of each the application's period of the same place."""

    bookings: Sequence[Booking]
    application: Application


def _changed(
    bookings: Sequence[Booking], command: ChangeBooking, shift: Shift, rules: BookingRules, now: datetime
) -> Change:
    """A new time or space is applied for now; the rest keeps the day of its application."""
    was = application_of(bookings, rules)
    space = rules.space(command.space_id) if command.space_id else was.space
    become = replace(
        was,
        space=space,
        periods=tuple(shift.applied_to(period) for period in was.periods),
        particulars=known(replace(was.particulars, **command.particulars), rules),
        applied_at=now if shift or space != was.space else was.applied_at,
    )
    return Change(bookings, become)


def _write(session: Session, change: Change, action: Action, unwritten: Collection[str], now: datetime) -> None:
    """unwritten: those that do not use yet what they will of the allowance."""
    application = change.application
    costs = charge(session, application, apart_from=unwritten)
    for booking, period, cost in zip(change.bookings, application.periods, costs, strict=True):
        status = after(Status(booking.status), action)
        booking.applied(application, period, cost, at=now)
        if action is Action.CHANGE:
            by = deadline(now, period, application.rules)
            booking.reopened(decide_by=by.decide_by, warn_at=by.warn_at)
        elif status is Status.PENDING and booking.decide_by is not None:
            booking.decide_by = min(booking.decide_by, period.start)


def _on_the_wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
