"""A course session asks for its room, and gets an answer: granted at once, or refused with the reasons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking import events
from services.booking.contract.vocabulary import Action, Kind, Purpose, Status
from services.booking.domain.application import Applicant, Application, Particulars
from services.booking.domain.lifecycle import after, possible
from services.booking.domain.rules import BookingRules
from services.booking.models import NOBODY, CourseRoom
from services.booking.schemas.heard import PlannedSession
from services.booking.usecases import audit, holding
from services.booking.usecases.access import CENTRE
from services.booking.usecases.admission import admit
from services.booking.usecases.locking import lock_booking
from services.booking.usecases.request_booking import approved_at_once, booked
from services.chassis.db import insert_once
from services.chassis.errors import NotFound, Refusal, Refused
from services.chassis.events import Received, emit
from services.chassis.period import Period


def plan_course_room(session: Session, event: Received, *, rules: BookingRules, now: datetime) -> None:
    """A later plan of a session replaces an earlier one. A plan that arrives late is ignored."""
    plan: PlannedSession = event.data
    room = _locked(session, plan.session_id)
    if event.sequence < room.sequence:
        return
    room.sequence = event.sequence
    _give_back(session, room, rules, now)
    try:
        application = _application(plan, rules, now)
        admit(session, application)
    except (Refused, NotFound) as error:
        emit(session, events.room_refused(plan, event.sequence, _as_refused(error), rules), now=now)
        return
    bookings = booked(session, application)
    approved_at_once(bookings, by=CENTRE, now=now)
    holding.take(session, bookings, rules)
    audit.record(session, bookings, Action.REQUEST, before=(), actor=CENTRE, now=now)
    room.booking_id = bookings[0].id
    emit(session, events.room_granted(plan, event.sequence, bookings[0], rules), now=now)


def release_course_room(session: Session, event: Received, *, rules: BookingRules, now: datetime) -> None:
    """Release the room of a cancelled session. A plan that was made before and arrives later is ignored."""
    room = _locked(session, event.data.session_id)
    if event.sequence < room.sequence:
        return
    room.sequence = event.sequence
    _give_back(session, room, rules, now)


def _locked(session: Session, session_id: str) -> CourseRoom:
    insert_once(session, CourseRoom.__table__, session_id=session_id, sequence=0, booking_id=None)
    return session.scalars(select(CourseRoom).where(CourseRoom.session_id == session_id).with_for_update()).one()


def _give_back(session: Session, room: CourseRoom, rules: BookingRules, now: datetime) -> None:
    if room.booking_id is None:
        return
    booking = lock_booking(session, room.booking_id)
    room.booking_id = None
    if not possible(Status(booking.status), Action.CANCEL):
        return  # a closure was there before
    before = audit.snapshot(booking)
    booking.decided(after(Status(booking.status), Action.CANCEL), by=CENTRE.id, at=now)
    booking.given_up(refund=0, counts=False)
    holding.release(session, [booking.id])
    audit.record(session, [booking], Action.CANCEL, before=[before], actor=CENTRE, now=now)
    emit(session, events.of(events.BOOKING_CANCELLED, [booking], rules), now=now)


def _application(plan: PlannedSession, rules: BookingRules, now: datetime) -> Application:
    """Raises NotFound."""
    return Application(
        space=rules.space(plan.space_id),
        periods=(Period(plan.start, plan.end, rules.centre.zone),),
        particulars=Particulars(plan.title, Purpose.EDUCATION, plan.attendees, plan.field),
        applicant=Applicant(NOBODY, ""),
        kind=Kind.COURSE,
        applied_at=now,
        rules=rules,
    )


def _as_refused(error: Refused | NotFound) -> Refused:
    return error if isinstance(error, Refused) else Refused([Refusal(error.code, error.message)])
