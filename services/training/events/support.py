"""The events of the support work."""

from __future__ import annotations

from datetime import tzinfo

from marshmallow import Schema, fields

from services.chassis.events import Event, EventType
from services.training.models.support.consulting import Consultation
from services.training.models.support.network import ActionItem, Member
from services.training.models.support.programmes import Activist, Community, Visit


class ConsultationEvent(Schema):
    """The consultation as it is after the event. `consultant_id` is None until it is assigned. `requester_id` is empty
    when the person was erased.
    """

    consultation_id = fields.String(required=True)
    topic = fields.String(required=True)
    field = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.String(required=True)
    requester_id = fields.String(required=True)
    organisation_id = fields.String(required=True, allow_none=True)
    consultant_id = fields.String(required=True, allow_none=True)
    zone = fields.String(required=True)
    requested_at = fields.AwareDateTime(format="iso", required=True)


class VisitEvent(Schema):
    """A visit as it is after the event. `community_name` is the name of a group, never of a person."""

    visit_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    community_id = fields.String(required=True)
    community_name = fields.String(required=True)
    activist_id = fields.String(required=True)
    purpose = fields.String(required=True)
    status = fields.String(required=True)
    zone = fields.String(required=True)
    visit_at = fields.AwareDateTime(format="iso", required=True)


class ActionEvent(Schema):
    """`owner_id` is who has to act."""

    action_id = fields.String(required=True)
    meeting_id = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    owner_id = fields.String(required=True)
    due_on = fields.Date(required=True)


class ActivistEvent(Schema):
    """Somebody stands in the register of activists, or does so no more. `field`: in which they are active."""

    person_id = fields.String(required=True)
    field = fields.String(required=True)
    area = fields.String(required=True)
    active = fields.Boolean(required=True)


class MemberEvent(Schema):
    """`name`: of the organisation or office, never of a person. `person_id`: who comes for it, where that is known."""

    member_id = fields.String(required=True)
    name = fields.String(required=True)
    side = fields.String(required=True)
    field = fields.String(required=True)
    person_id = fields.String(required=True, allow_none=True)
    joined_on = fields.Date(required=True)


CONSULTATION_REQUESTED = EventType("training", "consultation_requested", ConsultationEvent)
CONSULTATION_ASSIGNED = EventType("training", "consultation_assigned", ConsultationEvent)
CONSULTATION_REPORTED = EventType("training", "consultation_reported", ConsultationEvent)
VISIT_PLANNED = EventType("training", "visit_planned", VisitEvent)
VISIT_OVERDUE = EventType("training", "visit_overdue", VisitEvent)
ACTION_DUE = EventType("training", "action_due", ActionEvent)
ACTIVIST_REGISTERED = EventType("training", "activist_registered", ActivistEvent)
ACTIVIST_RETIRED = EventType("training", "activist_retired", ActivistEvent)
MEMBER_JOINED = EventType("training", "member_joined", MemberEvent)


def of_consultation(kind: EventType, consultation: Consultation, zone: tzinfo) -> Event:
    return kind.about(
        subject=consultation.id,
        sequence=consultation.version,
        data={
            "consultation_id": consultation.id,
            "topic": consultation.topic,
            "field": consultation.field,
            "title": consultation.title,
            "status": consultation.status,
            "requester_id": consultation.requester_id,
            "organisation_id": consultation.organisation_id,
            "consultant_id": consultation.consultant_id,
            "zone": str(zone),
            "requested_at": consultation.requested_at.astimezone(zone),
        },
    )


def of_visit(kind: EventType, visit: Visit, community: Community, zone: tzinfo) -> Event:
    return kind.about(
        subject=visit.id,
        sequence=visit.version,
        data={
            "visit_id": visit.id,
            "programme_id": visit.programme_id,
            "community_id": community.id,
            "community_name": community.name,
            "activist_id": visit.activist_id,
            "purpose": visit.purpose,
            "status": visit.status,
            "zone": str(zone),
            "visit_at": visit.visit_at.astimezone(zone),
        },
    )


def action_due(action: ActionItem) -> Event:
    return ACTION_DUE.about(
        subject=action.id,
        sequence=action.version,
        data={
            "action_id": action.id,
            "meeting_id": action.meeting_id,
            "title": action.title,
            "owner_id": action.owner_id,
            "due_on": action.due_on,
        },
    )


def of_activist(activist: Activist) -> Event:
    return (ACTIVIST_REGISTERED if activist.active else ACTIVIST_RETIRED).about(
        subject=activist.id,
        sequence=activist.version,
        data={
            "person_id": activist.id,
            "field": activist.field,
            "area": activist.area,
            "active": activist.active,
        },
    )


def member_joined(member: Member) -> Event:
    return MEMBER_JOINED.about(
        subject=member.id,
        sequence=1,
        data={
            "member_id": member.id,
            "name": member.name,
            "side": member.side,
            "field": member.field,
            "person_id": member.person_id,
            "joined_on": member.joined_on,
        },
    )
