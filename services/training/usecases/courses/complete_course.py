"""Complete a course after its last session: issue certificates, or say why somebody gets none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.chassis import roles
from services.chassis.answers import Refusal
from services.chassis.call import Call
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.chassis.i18n import translate
from services.training.contract import courses as contract
from services.training.contract.vocabulary import EndReason, EnrolmentStatus, SessionStatus
from services.training.domain.courses.lifecycle import TAKING_PLACE, CourseAction, course_after
from services.training.domain.rules import TrainingRules
from services.training.events import enrolments as events
from services.training.models.courses import Course, CourseSession
from services.training.queries.courses.catalogue import course_answer
from services.training.queries.courses.enrolments import person_of
from services.training.queries.courses.people import enrolments_in
from services.training.queries.courses.records import certificate_answer
from services.training.usecases.courses import audit, certifying, locking, places


def complete_course(call: Call[TrainingRules], command: contract.CompleteCourse) -> contract.CompletedCourse:
    """Tell those who still waited that it is over. Raises Forbidden, NotFound, IllegalTransition for a course with a
    session still to come.
    """
    roles.require_staff(call.actor)
    session, actor, now, rules = call.session, call.actor, call.now, call.profile
    course = locking.lock_course(session, command.course_id)
    status = course_after(course.status, CourseAction.COMPLETE)
    _require_over(course, locking.lock_sessions_of(session, course), now)

    before = audit.snapshot(course)
    for enrolment in enrolments_in(session, course.id, EnrolmentStatus.OFFERED, EnrolmentStatus.WAITING):
        places.give_up(session, course, enrolment, EndReason.COURSE_OVER, actor=actor, now=now)
        emit(session, events.of_enrolment(events.ENROLMENT_CANCELLED, enrolment, course, rules, starts=None), now=now)
    course.became(status)
    session.flush()
    audit.record(session, course, CourseAction.COMPLETE, before=before, actor=actor, now=now)
    certified = certifying.certify(session, course, rules=rules, now=now)
    return contract.CompletedCourse.of(
        course_answer(call, course),
        rules.centre.zone,
        certificates=[certificate_answer(call, each) for each in certified.issued],
        withheld=[_withheld(each, call.context.locale) for each in certified.withheld],
    )


def _withheld(withheld: certifying.Withheld, locale: str) -> contract.Withheld:
    refusal = withheld.refusal
    message = translate("services.training", locale, refusal.message, refusal.details)
    return contract.Withheld(
        person=person_of(withheld.enrolment),
        refusal=Refusal(code=refusal.code, message=message, details=dict(refusal.details)),
    )


def _require_over(course: Course, sessions: Sequence[CourseSession], now: datetime) -> None:
    to_come = [each for each in sessions if each.status in TAKING_PLACE and each.ends_at > now]
    awaiting = [each for each in sessions if each.status == SessionStatus.AWAITING_ROOM]
    if to_come or awaiting:
        raise IllegalTransition(
            _("A session is still to come. Complete the course after it, or cancel the session."),
            state=course.status,
            wanted=CourseAction.COMPLETE,
        )
