"""Enrol in a course: first come, first served; beyond its places people wait in line."""

from __future__ import annotations

from datetime import datetime

from services.chassis import ids, roles
from services.chassis.call import Call
from services.chassis.context import Actor
from services.chassis.errors import Refused
from services.chassis.events import emit
from services.chassis.period import Period
from services.training.contract import enrolments as contract
from services.training.contract.vocabulary import CourseStatus, EnrolmentStatus
from services.training.domain.courses import gates
from services.training.domain.rules import TrainingRules
from services.training.events import enrolments as events
from services.training.models.courses import Course, Enrolment
from services.training.queries.courses.dates import dates_of
from services.training.queries.courses.enrolments import enrolment_answer
from services.training.queries.courses.people import live_enrolment
from services.training.usecases.courses import access, audit, locking


def enrol(call: Call[TrainingRules], command: contract.Enrol) -> contract.Enrolment:
    """The enrolment is confirmed, or waiting. Raises Forbidden, NotFound, Refused with every rule that refuses it.

    Source: DOMAIN, scenario 30.
    """
    roles.require_person(call.actor)
    session, actor, now = call.session, call.actor, call.now
    course = locking.lock_course(session, command.course_id)
    access.require_visible(actor, course)
    request = _request(call, course, command)
    if refusals := gates.refused(request):
        raise Refused(refusals)

    enrolment = _enrolment(course, actor, now, confirmed=request.is_free)
    session.add(enrolment)
    session.flush()
    audit.record(session, enrolment, "enrol", actor=actor, now=now)
    starts = dates_of(session, course.id).starts
    kind = events.ENROLMENT_CONFIRMED if request.is_free else events.ENROLMENT_WAITLISTED
    position = None if request.is_free else course.waiting
    fact = events.of_enrolment(kind, enrolment, course, call.profile, starts=starts, position=position)
    emit(session, fact, now=now)
    return enrolment_answer(call, enrolment)


def _request(call: Call[TrainingRules], course: Course, command: contract.Enrol) -> gates.WantedPlace:
    live = live_enrolment(call.session, course.id, call.actor.id)
    return gates.WantedPlace(
        status=CourseStatus(course.status),
        enrolment=Period(course.enrol_from, course.enrol_until, call.profile.centre.zone),
        capacity=course.capacity,
        taken=course.taken,
        waiting=course.waiting,
        enrolled_as=live.status if live else None,
        waits=command.waiting_list,
        now=call.now,
    )


def _enrolment(course: Course, actor: Actor, now: datetime, *, confirmed: bool) -> Enrolment:
    course.numbered += 1
    course.counted(taken=1 if confirmed else 0, waiting=0 if confirmed else 1)
    return Enrolment(
        id=ids.new_id(),
        course_id=course.id,
        person_id=actor.id,
        person_name=actor.name,
        number=course.numbered,
        status=EnrolmentStatus.CONFIRMED if confirmed else EnrolmentStatus.WAITING,
        fee=course.fee,
        enrolled_at=now,
        changed_at=now,
        version=1,
    )
