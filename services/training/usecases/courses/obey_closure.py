"""The centre, or some of its rooms, are closed: the sessions in that time are cancelled, all under the closure's id.

A space that is made of other rooms is known to booking alone; a session there falls when booking takes its room back
(hear_about_rooms.lose_room). Source: DOMAIN, scenarios 17-19.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.training.contract.vocabulary import CancelReason
from services.training.domain.courses.lifecycle import TAKING_PLACE
from services.training.domain.rules import TrainingRules
from services.training.models.courses import CourseSession
from services.training.schemas.courses.heard import DeclaredClosure
from services.training.usecases.courses import cancelling, locking
from services.training.usecases.courses.access import CENTRE


def obey_closure(session: Session, closure: DeclaredClosure, *, rules: TrainingRules, now: datetime) -> None:
    """Declared or extended: only what it newly touches is still there to be cancelled. What is over stays held."""
    if closure.lifted_at is not None:
        return
    touched = select(CourseSession).where(
        CourseSession.status.in_(TAKING_PLACE),
        CourseSession.starts_at < closure.end,
        CourseSession.ends_at > max(closure.start, now),
    )
    if closure.space_ids:
        touched = touched.where(CourseSession.space_id.in_({*closure.space_ids, *closure.rooms}))
    found = set(session.scalars(touched.with_only_columns(CourseSession.course_id)))
    courses = {each.id: each for each in locking.lock_courses(session, found)}
    # Asked again under the locks: some may have been moved before we held them.
    held = touched.where(CourseSession.course_id.in_(courses)).order_by(CourseSession.id).with_for_update()
    for each in session.scalars(held.execution_options(populate_existing=True)).all():
        cancelling.cancel(
            session,
            courses[each.course_id],
            each,
            CancelReason.CLOSURE,
            actor=CENTRE,
            rules=rules,
            now=now,
            note=closure.reason,
            closure_id=closure.closure_id,
        )
