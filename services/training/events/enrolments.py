"""The events about people's places in courses."""

from __future__ import annotations

from datetime import datetime

from marshmallow import Schema, fields

from services.chassis.events import Event, EventType
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Course, Enrolment


class EnrolmentEvent(Schema):
    """A person's enrolment as it is after the event. `person_id` is empty when the person was erased.

    `position`: in the waiting list, of one that waits. `offer_until`: of one for which a place is held. `reason_code`
    of one that is over: withdrawn by_staff offer_expired offer_declined course_cancelled course_over erased. `fee` and
    `refund` (what is owed back by this event) in won. `starts`: of the course's first session, if it has any.
    """

    enrolment_id = fields.String(required=True)
    course_id = fields.String(required=True)
    title = fields.String(required=True)
    field = fields.String(required=True)
    person_id = fields.String(required=True)
    status = fields.String(required=True)
    position = fields.Integer(required=True, allow_none=True)
    offer_until = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    reason_code = fields.String(required=True, allow_none=True)
    fee = fields.Integer(required=True)
    refund = fields.Integer(required=True)
    starts = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    zone = fields.String(required=True)


ENROLMENT_CONFIRMED = EventType("training", "enrolment_confirmed", EnrolmentEvent)
ENROLMENT_WAITLISTED = EventType("training", "enrolment_waitlisted", EnrolmentEvent)
PLACE_OFFERED = EventType("training", "place_offered", EnrolmentEvent)
PLACE_LAPSED = EventType("training", "place_lapsed", EnrolmentEvent)
ENROLMENT_CANCELLED = EventType("training", "enrolment_cancelled", EnrolmentEvent)


def of_enrolment(
    kind: EventType,
    enrolment: Enrolment,
    course: Course,
    rules: TrainingRules,
    *,
    starts: datetime | None,
    position: int | None = None,
    refund: int = 0,
) -> Event:
    zone = rules.centre.zone
    return kind.about(
        subject=enrolment.id,
        sequence=enrolment.version,
        data={
            "enrolment_id": enrolment.id,
            "course_id": course.id,
            "title": course.title,
            "field": course.field,
            "person_id": enrolment.person_id,
            "status": enrolment.status,
            "position": position,
            "offer_until": enrolment.offer_until.astimezone(zone) if enrolment.offer_until else None,
            "reason_code": enrolment.reason_code,
            "fee": enrolment.fee,
            "refund": refund,
            "starts": starts.astimezone(zone) if starts else None,
            "zone": zone.key,
        },
    )
