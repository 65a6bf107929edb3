"""The applicant, their group or staff change a booking, or more of its series."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.booking import events
from services.booking.contract import bookings as contract
from services.booking.contract.period import LONGEST
from services.booking.contract.vocabulary import Action, Status
from services.booking.domain.application import Application
from services.booking.domain.deadline import deadline
from services.booking.domain.lifecycle import after
from services.booking.domain.rules import BookingRules
from services.booking.models import Booking
from services.booking.queries.answers import BookingCall, changed_booking
from services.booking.usecases import access, audit, holding
from services.booking.usecases.admission import admit, admit_all
from services.booking.usecases.applying_again import alike, application_of, period_of
from services.booking.usecases.charging import charge
from services.booking.usecases.request_booking import changed_particulars, require_known_names
from services.booking.usecases.scoping import lock_for_action
from services.chassis import roles
from services.chassis.errors import Invalid, StaleVersion
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.chassis.period import Period


def change_booking(call: BookingCall, command: contract.ChangeBooking) -> contract.ChangedBooking:
    """Change all bookings of the scope or none. A new time shifts the others of a series by as much, in local time.

    Changes by applicants are decided anew. Raises NotFound, IllegalTransition, StaleVersion, Invalid, and
    Refused as for an application.
    """
    booking = access.require_known(call.session, command.booking_id, call.actor)
    action = Action.MOVE if roles.is_staff(call.actor) else Action.CHANGE
    bookings = lock_for_action(call.session, command.booking_id, command.scope, action, now=call.now)
    if command.version is not None and command.version != booking.version:
        raise StaleVersion
    shift = Shift.of(period_of(booking, call.profile), command)
    changes = [_changed(group, command, shift, call.profile, call.now) for group in alike(bookings)]
    ids = [booking.id for booking in bookings]
    if len(changes) == 1:
        admit(call.session, changes[0].application, apart_from=ids)
    else:
        admit_all(call.session, [change.application for change in changes], apart_from=ids)

    before = [audit.snapshot(booking) for booking in bookings]
    unwritten = set(ids)
    for change in changes:
        _write(call.session, change, action, unwritten, call.now)
        unwritten.difference_update(booking.id for booking in change.bookings)
    holding.release(call.session, ids)
    holding.take(call.session, bookings, call.profile)
    audit.record(call.session, bookings, action, before=before, actor=call.actor, now=call.now)
    emit(call.session, events.of(events.BOOKING_CHANGED, bookings, call.profile), now=call.now)
    return changed_booking(call, bookings, command.booking_id)


@dataclass(frozen=True)
class Shift:
    """Differences by which start and end move, in local time."""

    start: timedelta
    end: timedelta

    @classmethod
    def of(cls, period: Period, command: contract.ChangeBooking) -> Shift:
        start = command.start.astimezone(period.zone) if command.start else period.local_start
        end = command.end.astimezone(period.zone) if command.end else period.local_end
        return cls(_local(start) - _local(period.local_start), _local(end) - _local(period.local_end))

    def __bool__(self) -> bool:
        return bool(self.start or self.end)

    def applied_to(self, period: Period) -> Period:
        """Raises Invalid."""
        start = (_local(period.local_start) + self.start).replace(tzinfo=period.zone)
        end = (_local(period.local_end) + self.end).replace(tzinfo=period.zone)
        if start >= end:
            raise Invalid(errors={"end": [_("This must be after the start.")]})
        if end - start > LONGEST:
            raise Invalid(errors={"end": [_("A booking lasts at most 31 days.")]})
        return Period(start, end, period.zone)


@dataclass(frozen=True)
class Change:
    """Similar bookings and the application that they become. Its periods are in the order of the bookings."""

    bookings: Sequence[Booking]
    application: Application


def _changed(
    bookings: Sequence[Booking], command: contract.ChangeBooking, shift: Shift, rules: BookingRules, now: datetime
) -> Change:
    """A new time or space counts as applied for now; otherwise the day of the application stays."""
    old = application_of(bookings, rules)
    space = rules.space(command.space_id) if command.space_id else old.space
    new = replace(
        old,
        space=space,
        periods=tuple(shift.applied_to(period) for period in old.periods),
        particulars=require_known_names(changed_particulars(old.particulars, command), rules),
        applied_at=now if shift or space != old.space else old.applied_at,
    )
    return Change(bookings, new)


def _write(session: Session, change: Change, action: Action, unwritten: Collection[str], now: datetime) -> None:
    """unwritten: ids of bookings whose use of the allowance is not written yet."""
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


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
