"""A person is erased: what they have a place in goes to the next in line, what they did stays, they go.

Rule: DOMAIN, Notification (erased everywhere).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from services.chassis import idempotency, inbox
from services.chassis.events import emit
from services.training.contract.vocabulary import EndReason
from services.training.domain.courses.lifecycle import LIVE, OPEN_COURSES
from services.training.domain.rules import TrainingRules
from services.training.events import enrolments as events
from services.training.models.courses import (
    NOBODY,
    Certificate,
    Course,
    CourseDecision,
    CourseSession,
    Enrolment,
    Instructor,
    Invitation,
    Mark,
)
from services.training.queries.courses.dates import dates_of
from services.training.queries.courses.people import live_enrolment
from services.training.usecases.courses import locking, places
from services.training.usecases.courses.access import CENTRE


def erase_from_courses(session: Session, person_id: str, *, rules: TrainingRules, now: datetime) -> None:
    """A certificate of theirs keeps its number and leads nowhere. Sessions that they were to teach stay as they are:
    staff find somebody else.
    """
    _give_up_all(session, person_id, rules, now)
    session.execute(update(Enrolment).where(Enrolment.person_id == person_id).values(person_id=NOBODY, person_name=""))
    session.execute(
        update(Certificate)
        .where(Certificate.person_id == person_id)
        .values(person_id=NOBODY, person_name="", code=None)
    )
    session.execute(
        update(CourseSession)
        .where(CourseSession.instructor_id == person_id)
        .values(instructor_id=NOBODY, instructor_name="")
    )
    session.execute(update(Course).where(Course.created_by == person_id).values(created_by=NOBODY))
    _forget_in_the_log(session, person_id)
    session.execute(update(Mark).where(Mark.recorded_by == person_id).values(recorded_by=NOBODY))
    session.execute(update(Invitation).where(Invitation.person_id == person_id).values(person_id=NOBODY))
    session.execute(delete(Mark).where(Mark.person_id == person_id))
    session.execute(delete(Instructor).where(Instructor.id == person_id))
    idempotency.forget(session, person_id)
    inbox.forget(session, person_id)


def _forget_in_the_log(session: Session, person_id: str) -> None:
    """Who decided, and who was to teach: what a session was before and after says so."""
    session.execute(update(CourseDecision).where(CourseDecision.actor_id == person_id).values(actor_id=NOBODY))
    teaching = (CourseDecision.before["instructor_id"], CourseDecision.after["instructor_id"])
    named = select(CourseDecision).where(or_(*(each.as_string() == person_id for each in teaching)))
    for decision in session.scalars(named):
        decision.before = _without_instructor(decision.before, person_id)
        decision.after = _without_instructor(decision.after, person_id)


def _without_instructor(snapshot: dict[str, Any], person_id: str) -> dict[str, Any]:
    return {**snapshot, "instructor_id": NOBODY} if snapshot.get("instructor_id") == person_id else snapshot


def _give_up_all(session: Session, person_id: str, rules: TrainingRules, now: datetime) -> None:
    wanted = select(Enrolment.course_id).where(Enrolment.person_id == person_id, Enrolment.status.in_(LIVE))
    for course in locking.lock_courses(session, set(session.scalars(wanted))):
        enrolment = live_enrolment(session, course.id, person_id)
        if enrolment is None or course.status not in OPEN_COURSES:
            continue
        places.give_up(session, course, enrolment, EndReason.ERASED, actor=CENTRE, now=now)
        enrolment.person_id = NOBODY
        enrolment.person_name = ""
        session.flush()
        starts = dates_of(session, course.id).starts
        emit(session, events.of_enrolment(events.ENROLMENT_CANCELLED, enrolment, course, rules, starts=starts), now=now)
        places.pass_on(session, course, rules=rules, now=now)
