"""The events about courses and their sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from marshmallow import Schema, fields

from services.chassis.events import Event, EventType
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Course, CourseSession, Invitation


class CourseEvent(Schema):
    """The course as it is after the event. `starts`: of its first session, if it has any. `fee` in won.

    `fewest`: so many of the places must be taken for the course to be held without asking staff.
    """

    course_id = fields.String(required=True)
    title = fields.String(required=True)
    field = fields.String(required=True)
    track = fields.String(required=True)
    induction = fields.Boolean(required=True)
    status = fields.String(required=True)
    capacity = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    fewest = fields.Integer(required=True)
    fee = fields.Integer(required=True)
    enrol_from = fields.AwareDateTime(format="iso", required=True)
    enrol_until = fields.AwareDateTime(format="iso", required=True)
    starts = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    zone = fields.String(required=True)


class SessionEvent(Schema):
    """The session as it is after the event. `title`: of its course. `attendees`: the course's places.

    `enrolled`: ids of the people to tell of it: of a session that is confirmed or cancelled, everybody who has a place
    in the course; otherwise nobody. Of a course that is cancelled as a whole people hear by enrolment_cancelled. A
    session whose room nobody answered for is told as cancelled with the `status` refused, and to nobody.
    `redated`: this is the new date of a session that was cancelled before.
    `reason_code` of a cancellation: closure course_cancelled instructor too_few room_lost room_unanswered other.
    `closure_id`: of the closure that cancelled it. `space_names`: by language, once booking has told them.
    """

    session_id = fields.String(required=True)
    course_id = fields.String(required=True)
    title = fields.String(required=True)
    field = fields.String(required=True)
    space_id = fields.String(required=True)
    space_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    zone = fields.String(required=True)
    start = fields.AwareDateTime(format="iso", required=True)
    end = fields.AwareDateTime(format="iso", required=True)
    attendees = fields.Integer(required=True)
    instructor_id = fields.String(required=True)
    instructor_name = fields.String(required=True)
    status = fields.String(required=True)
    redated = fields.Boolean(required=True)
    reason_code = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    closure_id = fields.String(required=True, allow_none=True)
    enrolled = fields.List(fields.String(), required=True)


class RefusalPart(Schema):
    """`message`: English, with its details in their places still to be filled in."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    details = fields.Dict(required=True)


class SessionRefused(SessionEvent):
    """For staff: they have to find another room or date. `refusals`: booking's; of a session whose room nobody answered
    for (`reason_code` room_unanswered) there are none.
    """

    refusals = fields.List(fields.Nested(RefusalPart), required=True)


class InvitationEvent(Schema):
    """A tenant is invited to the induction course. `person_id` is empty when only the organisation is known."""

    tenancy_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    person_id = fields.String(required=True)
    course_id = fields.String(required=True)
    title = fields.String(required=True)
    enrol_until = fields.AwareDateTime(format="iso", required=True)
    starts = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    zone = fields.String(required=True)


COURSE_PUBLISHED = EventType("training", "course_published", CourseEvent, heard=False)
COURSE_UNDERSUBSCRIBED = EventType("training", "course_undersubscribed", CourseEvent)
SESSION_PLANNED = EventType("training", "session_planned", SessionEvent)
SESSION_CONFIRMED = EventType("training", "session_confirmed", SessionEvent)
SESSION_REFUSED = EventType("training", "session_refused", SessionRefused)
SESSION_CANCELLED = EventType("training", "session_cancelled", SessionEvent)
INDUCTION_INVITED = EventType("training", "induction_invited", InvitationEvent)


def of_course(kind: EventType, course: Course, starts: datetime | None, rules: TrainingRules) -> Event:
    zone = rules.centre.zone
    return kind.about(
        subject=course.id,
        sequence=course.version,
        data={
            "course_id": course.id,
            "title": course.title,
            "field": course.field,
            "track": course.track,
            "induction": course.induction,
            "status": course.status,
            "capacity": course.capacity,
            "taken": course.taken,
            "waiting": course.waiting,
            "fewest": rules.courses.fewest(course.capacity),
            "fee": course.fee,
            "enrol_from": course.enrol_from.astimezone(zone),
            "enrol_until": course.enrol_until.astimezone(zone),
            "starts": starts.astimezone(zone) if starts else None,
            "zone": zone.key,
        },
    )


def of_session(
    kind: EventType, session: CourseSession, course: Course, rules: TrainingRules, enrolled: Sequence[str] = ()
) -> Event:
    zone = rules.centre.zone
    return kind.about(
        subject=session.id,
        sequence=session.version,
        data={
            "session_id": session.id,
            "course_id": course.id,
            "title": course.title,
            "field": course.field,
            "space_id": session.space_id,
            "space_names": session.space_names,
            "zone": zone.key,
            "start": session.starts_at.astimezone(zone),
            "end": session.ends_at.astimezone(zone),
            "attendees": course.capacity,
            "instructor_id": session.instructor_id,
            "instructor_name": session.instructor_name,
            "status": session.status,
            "redated": session.redated,
            "reason_code": session.reason_code,
            "note": session.note,
            "closure_id": session.closure_id,
            "enrolled": list(enrolled),
            **({"refusals": session.refusals} if kind is SESSION_REFUSED else {}),
        },
    )


def induction_invited(invitation: Invitation, course: Course, starts: datetime | None, rules: TrainingRules) -> Event:
    zone = rules.centre.zone
    data: dict[str, Any] = {
        "tenancy_id": invitation.tenancy_id,
        "organisation_id": invitation.organisation_id,
        "person_id": invitation.person_id,
        "course_id": course.id,
        "title": course.title,
        "enrol_until": course.enrol_until.astimezone(zone),
        "starts": starts.astimezone(zone) if starts else None,
        "zone": zone.key,
    }
    return INDUCTION_INVITED.about(subject=invitation.tenancy_id, sequence=1, data=data)
