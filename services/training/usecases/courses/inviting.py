"""Tenants are invited to the induction course: to one that takes people now, else as soon as one is published."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.events import emit_all
from services.training.contract.vocabulary import CourseStatus
from services.training.domain.rules import TrainingRules
from services.training.events import courses as events
from services.training.models.courses import Course, Invitation
from services.training.queries.courses.dates import dates_of


def invite_all(session: Session, course: Course, *, rules: TrainingRules, now: datetime) -> None:
    """Everybody who has not been invited to one yet."""
    waiting = select(Invitation).where(Invitation.course_id.is_(None)).order_by(Invitation.tenancy_id)
    invitations = session.scalars(waiting.with_for_update()).all()
    starts = dates_of(session, course.id).starts
    for invitation in invitations:
        invitation.course_id, invitation.invited_at = course.id, now
    emit_all(session, [events.induction_invited(each, course, starts, rules) for each in invitations], now=now)


def open_induction(session: Session, now: datetime) -> Course | None:
    """The induction course that takes people now; of several the one that closes first."""
    wanted = (
        select(Course)
        .where(Course.induction, Course.status == CourseStatus.PUBLISHED, Course.enrol_until > now)
        .order_by(Course.enrol_until, Course.id)
        .limit(1)
    )
    return session.scalars(wanted).one_or_none()
