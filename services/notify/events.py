"""The events that notify publishes. No address is in them: whoever must know more asks notify."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


class AddressSuppressed(Schema):
    """Nothing is sent any more to one of the person's addresses. kind: email, phone or webhook. reason: bounced."""

    suppression_id = fields.String(required=True)
    person_id = fields.String(required=True)
    kind = fields.String(required=True)
    provider = fields.String(required=True)
    reason = fields.String(required=True)


class PersonErased(Schema):
    """Everybody forgets this person: what they did stays as numbers that lead to nobody."""

    person_id = fields.String(required=True)


MESSAGE_SENT = EventType("notify", "message_sent", MessageEvent, heard=False)
MESSAGE_FAILED = EventType("notify", "message_failed", MessageEvent, heard=False)
ADDRESS_SUPPRESSED = EventType("notify", "address_suppressed", AddressSuppressed, heard=False)
PERSON_ERASED = EventType("notify", "person_erased", PersonErased)


def of(message: Message) -> Event | None:
    """What the message's status means to others; None while it is on its way."""
    if message.status == Status.SENT:
        return sent(message)
    if message.status in LOST:
        return _about(MESSAGE_FAILED, message)
    return None


def sent(message: Message) -> Event:
    return _about(MESSAGE_SENT, message)


def address_suppressed(row: Mapping[str, Any]) -> Event:
    """row: of `suppressions`, without its hash."""
    data = {name: row[name] for name in ("person_id", "kind", "provider", "reason")}
    return ADDRESS_SUPPRESSED.about(subject=row["id"], sequence=1, data={"suppression_id": row["id"], **data})


def person_erased(person_id: str) -> Event:
    return PERSON_ERASED.about(subject=person_id, sequence=1, data={"person_id": person_id})


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
