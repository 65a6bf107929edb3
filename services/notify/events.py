"""The events that notify publishes. No address is in them: whoever must know more asks notify."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.chassis.events import Event, EventType
from services.notify.domain.message import LOST, Status
from services.notify.models import Message


class MessageEvent(Schema):
    """The message as it is after the event. `event_id`: of the event that the person was told of."""

    message_id = fields.String(required=True)
    event_id = fields.String(required=True)
    person_id = fields.String(required=True)
    category = fields.String(required=True)
    channel = fields.String(required=True)
    template = fields.String(required=True)
    locale = fields.String(required=True)
    status = fields.String(required=True)
    attempts = fields.Integer(required=True)


MESSAGE_SENT = EventType("notify", "message_sent", MessageEvent)
MESSAGE_FAILED = EventType("notify", "message_failed", MessageEvent)


def of(message: Message) -> Event | None:
    """What the message's status means to others; None while it is on its way."""
    if message.status == Status.SENT:
        return _about(MESSAGE_SENT, message)
    if message.status in LOST:
        return _about(MESSAGE_FAILED, message)
    return None


def _about(kind: EventType, message: Message) -> Event:
    return kind.about(
        subject=message.id,
        sequence=message.version,
        data={
            "message_id": message.id,
            "event_id": message.event_id,
            "person_id": message.person_id,
            "category": message.category,
            "channel": message.channel,
            "template": message.template,
            "locale": message.locale,
            "status": message.status,
            "attempts": message.attempts,
        },
    )
