"""Staff set up a course. Nobody else sees it until it is published."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.training.domain.courses.lifecycle import CourseStatus
from services.training.models.courses import Course
from services.training.schemas.courses.commands import CreateCourse
from services.training.usecases.courses import audit


def create_course(session: Session, command: CreateCourse, *, actor: Actor, now: datetime) -> Course:
    """Raises Forbidden, Invalid for an enrolment that is over already."""
    roles.require_staff(actor)
    if command.enrol_until <= now:
        raise Invalid(errors={"enrol_until": [_("This time is over.")]})
    course = Course(
        id=ids.new_id(),
        title=command.title,
        about=command.about,
        field=command.field,
        track=command.track,
        induction=command.induction,
        capacity=command.capacity,
        taken=0,
        waiting=0,
        numbered=0,
        fee=command.fee,
        enrol_from=command.enrol_from,
        enrol_until=command.enrol_until,
        status=CourseStatus.DRAFT,
        created_at=now,
        created_by=actor.id,
        version=1,
    )
    session.add(course)
    session.flush()
    audit.record(session, course, "create", actor=actor, now=now)
    return course
