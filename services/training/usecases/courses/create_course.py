"""Set up a course. Only staff see it until it is published."""

from __future__ import annotations

from services.centre.vocabulary import Field
from services.chassis import ids, roles
from services.chassis.call import Call
from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.training.contract import courses as contract
from services.training.contract.vocabulary import CourseStatus, Track
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Course
from services.training.queries.courses.catalogue import course_answer
from services.training.usecases.courses import audit


def create_course(call: Call[TrainingRules], command: contract.CreateCourse) -> contract.Course:
    """Raises Forbidden, Invalid for an enrolment that is over already."""
    roles.require_staff(call.actor)
    if command.enrol_until <= call.now:
        raise Invalid(errors={"enrol_until": [_("This time is over.")]})
    course = Course(
        id=ids.new_id(),
        **vars(command) | {"field": command.field or Field.BOTH, "track": command.track or Track.GENERAL},
        taken=0,
        waiting=0,
        numbered=0,
        status=CourseStatus.DRAFT,
        created_at=call.now,
        created_by=call.actor.id,
        version=1,
    )
    call.session.add(course)
    call.session.flush()
    audit.record(call.session, course, "create", actor=call.actor, now=call.now)
    return course_answer(call, course)
