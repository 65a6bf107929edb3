"""A person enrols in a course: first come, first served; beyond its places they wait in line."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.errors import Refused
from services.chassis.events import emit
from services.chassis.period import Period
from services.training.domain.courses import gates
from services.training.domain.courses.lifecycle import CourseStatus, EnrolmentStatus
from services.training.domain.rules import TrainingRules
from services.training.events import enrolments as events
from services.training.models.courses import Course, Enrolment
from services.training.queries.courses.dates import dates_of
from services.training.queries.courses.people import live_enrolment
from services.training.schemas.courses.commands import Enrol
from services.training.usecases.courses import access, audit, locking


def enrol(session: Session, command: Enrol, *, actor: Actor, rules: TrainingRules, now: datetime) -> Enrolment:
    """Confirmed, or waiting. Raises Forbidden, NotFound, Refused with every rule that speaks against it.

    Source: DOMAIN, scenario 30.
    """
    roles.require_person(actor)
    course = locking.lock_course(session, command.course_id)
    access.require_visible(actor, course)
    wanted = _wanted(session, course, command, actor, rules, now)
    if found := gates.refused(wanted):
        raise Refused(found)

    enrolment = _enrolled(course, actor, now, confirmed=wanted.is_free)
    session.add(enrolment)
    session.flush()
    audit.record(session, enrolment, "enrol", actor=actor, now=now)
    starts = dates_of(session, course.id).starts
    kind = events.ENROLMENT_CONFIRMED if wanted.is_free else events.ENROLMENT_WAITLISTED
    position = None if wanted.is_free else course.waiting
    emit(session, events.of_enrolment(kind, enrolment, course, rules, starts=starts, position=position), now=now)
    return enrolment


def _wanted(
    session: Session, course: Course, command: Enrol, actor: Actor, rules: TrainingRules, now: datetime
) -> gates.WantedPlace:
    there = live_enrolment(session, course.id, actor.id)
    return gates.WantedPlace(
        status=CourseStatus(course.status),
        enrolment=Period(course.enrol_from, course.enrol_until, rules.centre.zone),
        capacity=course.capacity,
        taken=course.taken,
        waiting=course.waiting,
        enrolled_as=there.status if there else None,
        waits=command.waits,
        now=now,
    )


def _enrolled(course: Course, actor: Actor, now: datetime, *, confirmed: bool) -> Enrolment:
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
