"""What callers are shown of courses: times in the centre's zone, and no more than is theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services.chassis import paging, roles
from services.chassis.context import Actor
from services.training.domain.courses.lifecycle import CourseStatus, EnrolmentStatus, Field, SessionStatus, Track
from services.training.domain.courses.refusals import minutes
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Course, CourseDecision, CourseSession, Enrolment, Refund
from services.training.queries.courses.enrolments import Shown
from services.training.usecases.courses import access


def course(of: Course, sessions: Sequence[CourseSession], *, actor: Actor, rules: TrainingRules) -> dict[str, Any]:
    zone = rules.centre.zone
    inside = roles.reads_all(actor) or access.teaches(actor, sessions)
    return {
        "id": of.id,
        "title": of.title,
        "about": of.about,
        "field": Field(of.field),
        "track": Track(of.track),
        "induction": of.induction,
        "capacity": of.capacity,
        "taken": of.taken,
        "waiting": of.waiting,
        "fewest": rules.courses.fewest(of.capacity),
        "fee": of.fee,
        "enrol_from": of.enrol_from.astimezone(zone),
        "enrol_until": of.enrol_until.astimezone(zone),
        "status": CourseStatus(of.status),
        "published_at": _local(of.published_at, zone),
        "sessions": [course_session(each, inside=inside, zone=zone) for each in sessions],
        "version": of.version,
    }


def course_session(of: CourseSession, *, inside: bool, zone: ZoneInfo) -> dict[str, Any]:
    """inside: for staff, auditors and those who teach."""
    return {
        "id": of.id,
        "course_id": of.course_id,
        "space_id": of.space_id,
        "space_names": of.space_names,
        "start": of.starts_at.astimezone(zone),
        "end": of.ends_at.astimezone(zone),
        "instructor": {"id": of.instructor_id if inside else "", "name": of.instructor_name},
        "status": SessionStatus(of.status),
        "answer_by": _local(of.answer_by, zone),
        "refusals": of.refusals if inside else [],
        "redated": of.redated,
        "reason_code": of.reason_code,
        "note": of.note,
        "closure_id": of.closure_id,
        "version": of.version,
    }


def course_page(
    found: Sequence[Course],
    limit: int,
    sessions: Mapping[str, Sequence[CourseSession]],
    *,
    actor: Actor,
    rules: TrainingRules,
) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: course(each, sessions.get(each.id, ()), actor=actor, rules=rules))


def enrolment(of: Shown, zone: ZoneInfo) -> dict[str, Any]:
    entry = of.enrolment
    return {
        "id": entry.id,
        "course_id": entry.course_id,
        "title": of.title,
        "person": person(entry),
        "number": entry.number,
        "status": EnrolmentStatus(entry.status),
        "position": of.position if entry.status == EnrolmentStatus.WAITING else None,
        "offer_until": _local(entry.offer_until, zone),
        "reason_code": entry.reason_code,
        "fee": entry.fee,
        "refund": of.refund,
        "enrolled_at": entry.enrolled_at.astimezone(zone),
        "changed_at": entry.changed_at.astimezone(zone),
        "minutes": minutes(of.attendance.of(entry.person_id)),
        "of_minutes": minutes(of.attendance.held),
        "certificate": of.certificate,
    }


def enrolment_page(found: Sequence[Shown], limit: int, zone: ZoneInfo) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: enrolment(each, zone), key=lambda each: each.enrolment.id)


def attendance(of: CourseSession, by_person: Mapping[str, timedelta]) -> dict[str, Any]:
    return {
        "session_id": of.id,
        "of_minutes": minutes(of.ends_at - of.starts_at),
        "people": [
            {"person_id": person_id, "minutes": minutes(there)} for person_id, there in sorted(by_person.items())
        ],
    }


def decision_page(found: Sequence[CourseDecision], limit: int, zone: ZoneInfo) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: _decision(each, zone))


def _decision(of: CourseDecision, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "course_id": of.course_id,
        "subject_id": of.subject_id,
        "at": of.at.astimezone(zone),
        "actor_id": of.actor_id,
        "action": of.action,
        "before": of.before,
        "after": of.after,
    }


def refund_page(found: Sequence[tuple[Refund, Enrolment]], limit: int, zone: ZoneInfo) -> dict[str, Any]:
    return paging.page(found, limit, lambda row: _refund(*row, zone), key=lambda row: row[0].id)


def _refund(of: Refund, entry: Enrolment, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "enrolment_id": entry.id,
        "person": person(entry),
        "session_id": of.session_id,
        "amount": of.amount,
        "reason_code": of.reason_code,
        "owed_since": of.owed_since.astimezone(zone),
        "withdrawn_at": _local(of.withdrawn_at, zone),
    }


def person(of: Enrolment) -> dict[str, str]:
    return {"id": of.person_id, "name": of.person_name}


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.astimezone(zone) if at is not None else None
