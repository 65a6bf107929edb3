"""Events: CloudEvents 1.0 in structured JSON, described by a schema, emitted as an outbox row in the current session.

`emit` publishes nothing: the row becomes visible with the state change that it tells of, or not at all; the relay does
the rest (outbox.py). The data is checked against the event's schema before it is written.
A version beyond the first has a routing key of its own (`<event>.v2`), so that it can be published beside the old one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate
from sqlalchemy import insert
from sqlalchemy.orm import Session

from services.chassis import context, db, ids
from services.chassis.tables import outbox


@dataclass(frozen=True)
class EventType:
    """`<source>.<name>.v<version>`, with the schema of its data."""

    source: str
    name: str
    schema: type[Schema]
    version: int = 1

    @property
    def type(self) -> str:
        return f"madang.{self.source}.{self.name}.v{self.version}"

    @property
    def routing_key(self) -> str:
        return self.name if self.version == 1 else f"{self.name}.v{self.version}"

    @property
    def dataschema(self) -> str:
        return f"urn:madang:{self.source}:{self.name}:v{self.version}"

    def about(self, subject: str, sequence: int, data: Mapping[str, Any]) -> Event:
        return Event(self, subject, sequence, data)


@dataclass(frozen=True)
class Event:
    """Something that happened to `subject` (an aggregate's id); `sequence` counts what happened to it."""

    type: EventType
    subject: str
    sequence: int
    data: Mapping[str, Any]


def _printable(text: str) -> None:
    # a database refuses NUL, and half of a surrogate pair has no bytes
    if not text.isprintable():
        raise ValidationError("Control characters are not allowed.")


class Envelope(Schema):
    """The CloudEvents envelope as it is read. Unknown extensions are let through, as the standard asks."""

    class Meta:
        unknown = EXCLUDE

    specversion = fields.String(required=True, validate=validate.Equal("1.0"))
    id = fields.String(required=True, validate=[validate.Length(1, 128), _printable])
    source = fields.String(required=True)
    type = fields.String(required=True, validate=[validate.Length(1, 200), _printable])
    subject = fields.String(load_default="", validate=[validate.Length(max=200), _printable])
    time = fields.AwareDateTime(load_default=None)
    sequence = fields.Integer(load_default=0)
    traceparent = fields.String(load_default="")
    correlationid = fields.String(load_default="")
    data = fields.Raw(load_default=None)


@dataclass(frozen=True)
class Received:
    """An event as a handler gets it; `data` is what the handler's schema made of it."""

    id: str
    type: str
    source: str
    subject: str
    sequence: int
    time: datetime | None
    data: Any


_INSERT = insert(outbox)


def emit(session: Session, event: Event, *, now: datetime) -> str:
    """Writes the event into the outbox of this transaction. Returns its id. Raises ValueError: data off its schema."""
    event_id = ids.new_id()
    session.execute(
        _INSERT,
        {
            "event_id": event_id,
            "event": event.type.name,
            "routing_key": event.type.routing_key,
            "subject": event.subject,
            "envelope": json.dumps(envelope(event, event_id, now), ensure_ascii=False),
            "created_at": now,
            "next_attempt_at": now,
        },
    )
    db.wake_after_commit(session, "outbox")
    return event_id


def envelope(event: Event, event_id: str, now: datetime) -> dict[str, Any]:
    here = context.current()
    return {
        "specversion": "1.0",
        "id": event_id,
        "source": f"/madang/{event.type.source}",
        "type": event.type.type,
        "subject": event.subject,
        "time": now.isoformat(),
        "datacontenttype": "application/json",
        "dataschema": event.type.dataschema,
        "traceparent": here.traceparent,
        "correlationid": here.correlation_id,
        "causationid": here.causation_id or here.call_id or here.correlation_id,
        "sequence": event.sequence,
        "data": _checked(event),
    }


def _checked(event: Event) -> Any:
    schema = event.type.schema()
    data = schema.dump(event.data)
    try:
        schema.load(data)
    except ValidationError as error:
        raise ValueError(f"{event.type.type} off its schema: {error.messages}") from error
    return data
