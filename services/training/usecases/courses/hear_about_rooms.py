"""What booking says about the rooms of sessions. Whatever the order in which it comes, a session is confirmed only with
a room that it has, and holds none when it is not: whoever leaves a plan tells booking so by a later event.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.chassis.db import insert_once
from services.chassis.events import emit, emit_all
from services.training.contract.vocabulary import CancelReason, SessionStatus
from services.training.domain.courses.lifecycle import SessionAction, session_after
from services.training.domain.rules import TrainingRules
from services.training.events import courses as events
from services.training.models.courses import CourseSession, SessionRoom
from services.training.queries.courses.people import with_a_place
from services.training.schemas.courses.heard import CancelledBooking, RoomGranted, RoomRefused
from services.training.usecases.courses import audit, cancelling, locking
from services.training.usecases.courses.access import CENTRE


def confirm_session(session: Session, heard: RoomGranted, *, rules: TrainingRules, now: datetime) -> None:
    """An answer to a plan that is over is passed over: booking hears, or has heard, what took its place."""
    course, planned = locking.lock_session(session, heard.session_id)
    if not _awaits(planned, heard.plan):
        return
    before = audit.snapshot(planned)
    status = session_after(planned.status, SessionAction.GRANT)
    planned.granted(status, booking_id=heard.booking_id, space_names=heard.space_names)
    session.flush()
    audit.record(session, planned, SessionAction.GRANT, before=before, actor=CENTRE, now=now)
    told = with_a_place(session, course.id)
    emit(session, events.of_session(events.SESSION_CONFIRMED, planned, course, rules, told), now=now)
    insert_once(session, SessionRoom.__table__, booking_id=heard.booking_id, closure_id=None, lost_at=None)
    room = session.get_one(SessionRoom, heard.booking_id)
    if room.lost_at is not None:
        _lose(session, planned, room.closure_id, rules=rules, now=now)


def refuse_session(session: Session, heard: RoomRefused, *, rules: TrainingRules, now: datetime) -> None:
    """Staff are told why; the instructor is free again."""
    course, planned = locking.lock_session(session, heard.session_id)
    if not _awaits(planned, heard.plan):
        return
    before = audit.snapshot(planned)
    planned.refused(session_after(planned.status, SessionAction.REFUSE), heard.refusals)
    session.flush()
    audit.record(session, planned, SessionAction.REFUSE, before=before, actor=CENTRE, now=now)
    emit(session, events.of_session(events.SESSION_REFUSED, planned, course, rules), now=now)


def lose_room(session: Session, heard: CancelledBooking, *, rules: TrainingRules, now: datetime) -> None:
    """A closure, or somebody at booking, took a session's room away. What training gave back itself has no session."""
    if not heard.is_of_a_course:
        return
    lost = {"closure_id": heard.closure_id, "lost_at": now}
    if not insert_once(session, SessionRoom.__table__, booking_id=heard.booking_id, **lost):
        session.execute(update(SessionRoom).where(SessionRoom.booking_id == heard.booking_id).values(lost))
    found = select(CourseSession.id).where(CourseSession.booking_id == heard.booking_id)
    session_id = session.scalars(found).one_or_none()
    if session_id is None:
        return
    _, planned = locking.lock_session(session, session_id)
    if planned.booking_id == heard.booking_id:
        _lose(session, planned, heard.closure_id, rules=rules, now=now)


def time_out_rooms(session: Session, *, rules: TrainingRules, now: datetime) -> bool:
    """A session whose room nobody has answered for in time has none, and staff are told; what booking grants later it
    takes back, when it hears that the session is off. True: there may be more.
    """
    due = select(CourseSession.id).where(
        CourseSession.status == SessionStatus.AWAITING_ROOM, CourseSession.answer_by <= now
    )
    session_id = session.scalars(due.order_by(CourseSession.answer_by).limit(1)).one_or_none()
    if session_id is None:
        return False
    course, planned = locking.lock_session(session, session_id)
    if planned.status == SessionStatus.AWAITING_ROOM and planned.answer_by and planned.answer_by <= now:
        before = audit.snapshot(planned)
        status = session_after(planned.status, SessionAction.TIME_OUT)
        planned.given_up(status, reason=CancelReason.ROOM_UNANSWERED)
        session.flush()
        audit.record(session, planned, SessionAction.TIME_OUT, before=before, actor=CENTRE, now=now)
        kinds = (events.SESSION_CANCELLED, events.SESSION_REFUSED)
        emit_all(session, [events.of_session(kind, planned, course, rules) for kind in kinds], now=now)
    return True


def _awaits(planned: CourseSession, plan: int) -> bool:
    return planned.status == SessionStatus.AWAITING_ROOM and planned.plan == plan


def _lose(
    session: Session, planned: CourseSession, closure_id: str | None, *, rules: TrainingRules, now: datetime
) -> None:
    course, planned = locking.lock_session(session, planned.id)
    reason = CancelReason.CLOSURE if closure_id else CancelReason.ROOM_LOST
    cancelling.cancel(session, course, planned, reason, actor=CENTRE, rules=rules, now=now, closure_id=closure_id)
