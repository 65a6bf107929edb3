"""Give up a place in a course or its waiting list, or decline one that is held. Staff do it for anybody."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.training.contract import enrolments as contract
from services.training.domain.courses.lifecycle import OPEN_COURSES, EnrolmentAction, enrolment_after
from services.training.domain.rules import TrainingRules
from services.training.events import enrolments as events
from services.training.queries.courses.dates import dates_of
from services.training.queries.courses.enrolments import enrolment_answer
from services.training.usecases.courses import access, locking, places, refunding


def cancel_enrolment(call: Call[TrainingRules], command: contract.CancelEnrolment) -> contract.Enrolment:
    """The place goes to the first in line at once. Raises Forbidden, NotFound, IllegalTransition."""
    roles.require_person(call.actor)
    session, actor, now, rules = call.session, call.actor, call.now, call.profile
    course, enrolment = locking.lock_enrolment(session, command.enrolment_id)
    access.require_own(actor, enrolment)
    enrolment_after(enrolment.status, EnrolmentAction.CANCEL)
    if course.status not in OPEN_COURSES:
        raise IllegalTransition(_("This course is over: its places cannot be given up any more."), state=course.status)

    refund = refunding.for_giving_up(session, course, enrolment, rules=rules, now=now)
    places.give_up(session, course, enrolment, places.end_reason(enrolment, actor), actor=actor, now=now)
    starts = dates_of(session, course.id).starts
    fact = events.of_enrolment(events.ENROLMENT_CANCELLED, enrolment, course, rules, starts=starts, refund=refund)
    emit(session, fact, now=now)
    places.pass_on(session, course, rules=rules, now=now)
    return enrolment_answer(call, enrolment)
