"""Sessions that are not held: cancelled by staff, by a closure, with their course, or because they lost their room."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.events import emit
from services.training.contract.vocabulary import CancelReason
from services.training.domain.courses.lifecycle import SessionAction, session_after
from services.training.domain.rules import TrainingRules
from services.training.events import courses as events
from services.training.models.courses import Course, CourseSession
from services.training.queries.courses.people import with_a_place
from services.training.usecases.courses import audit, refunding


def cancel(
    session: Session,
    course: Course,
    cancelled: CourseSession,
    reason: CancelReason,
    *,
    actor: Actor,
    rules: TrainingRules,
    now: datetime,
    note: str | None = None,
    closure_id: str | None = None,
) -> None:
    """Its room is given back by the event that tells of it. Everybody with a place is told, and is owed its part of the
    fee, even when it still had no room: it stood on the course's page. Raises IllegalTransition.
    """
    status = session_after(cancelled.status, SessionAction.CANCEL)
    before = audit.snapshot(cancelled)
    cancelled.given_up(status, reason=reason, note=note, closure_id=closure_id)
    session.flush()
    told: list[str] = []
    if reason is not CancelReason.COURSE_CANCELLED:
        told = with_a_place(session, course.id)
        refunding.for_cancelled_session(session, course, cancelled, reason=reason, now=now)
    audit.record(session, cancelled, SessionAction.CANCEL, before=before, actor=actor, now=now)
    emit(session, events.of_session(events.SESSION_CANCELLED, cancelled, course, rules, told), now=now)
