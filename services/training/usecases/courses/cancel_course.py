"""Cancel a course: its rooms are released, everybody in it is told and gets the fee back."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.events import emit_all
from services.training.contract import courses as contract
from services.training.contract.vocabulary import CancelReason, EndReason
from services.training.domain.courses.lifecycle import LIVE, CourseAction, SessionAction, course_after, session_may
from services.training.domain.rules import TrainingRules
from services.training.events import enrolments as events
from services.training.queries.courses.catalogue import course_answer
from services.training.queries.courses.dates import dates_of
from services.training.queries.courses.people import enrolments_in
from services.training.usecases.courses import audit, cancelling, locking, places, refunding


def cancel_course(call: Call[TrainingRules], command: contract.CancelCourse) -> contract.Course:
    """Sessions that were held stay as they are. Raises Forbidden, NotFound, IllegalTransition."""
    roles.require_staff(call.actor)
    session, actor, now, rules = call.session, call.actor, call.now, call.profile
    course = locking.lock_course(session, command.course_id)
    before = audit.snapshot(course)
    course.became(course_after(course.status, CourseAction.CANCEL))
    session.flush()
    audit.record(session, course, CourseAction.CANCEL, before=before, actor=actor, now=now)

    starts = dates_of(session, course.id).starts
    facts = []
    for enrolment in enrolments_in(session, course.id, *LIVE):
        refund = refunding.for_cancelled_course(session, enrolment, now=now)
        places.give_up(session, course, enrolment, EndReason.COURSE_CANCELLED, actor=actor, now=now)
        facts.append(
            events.of_enrolment(events.ENROLMENT_CANCELLED, enrolment, course, rules, starts=starts, refund=refund)
        )
    emit_all(session, facts, now=now)
    for each in locking.lock_sessions_of(session, course):
        if each.ends_at > now and session_may(each.status, SessionAction.CANCEL):
            reason = CancelReason.COURSE_CANCELLED
            cancelling.cancel(session, course, each, reason, actor=actor, rules=rules, now=now, note=command.note)
    return course_answer(call, course)
