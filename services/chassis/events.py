"""Events: CloudEvents 1.0 in structured JSON, described by a schema, emitted as an outbox row in the current session.

`emit` publishes nothing: the row becomes visible with the state change that it tells of, or not at all; the relay does
the rest (outbox.py). The data is checked against the event's schema before it is written.
A version beyond the first has a routing key of its own (`<event>.v2`), so that it can be published beside the old one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate
from sqlalchemy import insert
from sqlalchemy.orm import Session

from services.chassis import context, db, ids
from services.chassis.context import Context
from services.chassis.tables import outbox


@dataclass(frozen=True)
class EventType:
    """`<source>.<name>.v<version>`, with the schema of its data. heard: a service of this code base subscribes."""

    source: str
    name: str
    schema: type[Schema]
    version: int = 1
    heard: bool = True

    @property
    def type(self) -> str:
        return f"madang.{self.source}.{self.name}.v{self.version}"

    @property
    def routing_key(self) -> str:
        return self.name if self.version == 1 else f"{self.name}.v{self.version}"

    @property
    def dataschema(self) -> str:
        return f"urn:madang:{self.source}:{self.name}:v{self.version}"

    @cached_property
    def checked_with(self) -> Schema:
        return self.schema()

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
    (event_id,) = emit_all(session, [event], now=now)
    return event_id


def emit_all(session: Session, events: Sequence[Event], *, now: datetime) -> list[str]:
    """The same for several, in their order and in one statement."""
    here = context.current()
    return emit_each(session, [(here, event) for event in events], now=now)


def emit_each(session: Session, events: Sequence[tuple[Context, Event]], *, now: datetime) -> list[str]:
    """The same for events that each belong to a chain of their own."""
    rows = [_row(event, now, within) for within, event in events]
    if rows:
        session.execute(_INSERT, rows)
        db.wake_after_commit(session, "outbox")
    return [row["event_id"] for row in rows]


def _row(event: Event, now: datetime, within: Context) -> dict[str, Any]:
    event_id = ids.new_id()
    return {
        "event_id": event_id,
        "event": event.type.name,
        "routing_key": event.type.routing_key,
        "subject": event.subject,
        "envelope": json.dumps(envelope(event, event_id, now, within), ensure_ascii=False),
        "created_at": now,
        "next_attempt_at": now,
    }


def envelope(event: Event, event_id: str, now: datetime, within: Context) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": event_id,
        "source": f"/madang/{event.type.source}",
        "type": event.type.type,
        "subject": event.subject,
        "time": now.isoformat(),
        "datacontenttype": "application/json",
        "dataschema": event.type.dataschema,
        "traceparent": within.traceparent,
        "correlationid": within.correlation_id,
        "causationid": within.causation_id or within.call_id or within.correlation_id,
        "sequence": event.sequence,
        "data": _checked(event),
    }


def _checked(event: Event) -> Any:
    schema = event.type.checked_with
    data = schema.dump(event.data)
    try:
        schema.load(data)
    except ValidationError as error:
        raise ValueError(f"{event.type.type} off its schema: {error.messages}") from error
    return data
