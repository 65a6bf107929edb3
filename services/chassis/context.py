"""Context of a call or an event: its actor, its language, and the chain of calls and events that it belongs to.

Calls carry it in nameko's context data (AMQP headers), events in their envelope. The entrypoints set `current()` for
one piece of work; each worker has its own. Domain code never reads it: use cases receive the actor as an argument.
A malformed context is refused, not repaired.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict, Unpack

from services.chassis import ids
from services.chassis.errors import Invalid


@dataclass(frozen=True)
class Actor:
    """Person or service that acts. An empty id is anonymous, with access to public data only."""

    id: str = ""
    name: str = ""
    roles: frozenset[str] = frozenset()
    orgs: tuple[str, ...] = ()

    @property
    def is_anonymous(self) -> bool:
        return not self.id

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def to_wire(self) -> dict[str, object]:
        return {"id": self.id, "name": self.name, "roles": sorted(self.roles), "orgs": list(self.orgs)}

    @classmethod
    def from_wire(cls, body: object) -> Actor:
        """Read an actor. Raises Invalid."""
        if not isinstance(body, Mapping) or not isinstance(body.get("id"), str):
            raise Invalid("The actor of a call needs an id, a name, roles and organisations.")
        roles, orgs = body.get("roles", []), body.get("orgs", [])
        if not 0 < len(body["id"]) <= 100 or not body["id"].isprintable():
            raise Invalid("The actor of a call needs an id, a name, roles and organisations.")
        if not all(isinstance(each, str) for part in (roles, orgs) for each in part):
            raise Invalid("The actor of a call needs an id, a name, roles and organisations.")
        return cls(body["id"], str(body.get("name", "")), frozenset(roles), tuple(orgs))


ANONYMOUS = Actor()
LONGEST_KEY = 255


class ContextFields(TypedDict, total=False):
    """Fields of a Context."""

    actor: Actor
    locale: str
    correlation_id: str
    traceparent: str
    deadline: datetime | None
    idempotency_key: str
    call_id: str
    causation_id: str


@dataclass(frozen=True)
class Context:
    """deadline: wall time. causation_id: id of the event or call that caused this work."""

    actor: Actor = ANONYMOUS
    locale: str = "ko"
    correlation_id: str = ""
    traceparent: str = ""
    deadline: datetime | None = None
    idempotency_key: str = ""
    call_id: str = ""
    causation_id: str = ""

    @classmethod
    def begin(cls, **values: Unpack[ContextFields]) -> Context:
        """Return a context with these fields, and a new correlation id and traceparent unless they are among them."""
        context = cls(**values)
        return replace(
            context,
            correlation_id=context.correlation_id or ids.new_id(),
            traceparent=context.traceparent or new_traceparent(),
        )

    @classmethod
    def from_headers(cls, headers: Mapping[str, object], call_id: str) -> Context:
        """Read a context from nameko context data. Raises Invalid."""
        key = str(headers.get("idempotency_key") or "")
        if len(key) > LONGEST_KEY or not key.isprintable():
            raise Invalid("An idempotency key has at most 255 printable characters.")
        return cls.begin(
            actor=Actor.from_wire(headers["actor"]) if headers.get("actor") else ANONYMOUS,
            locale=str(headers.get("locale") or "ko"),
            correlation_id=str(headers.get("correlation_id") or ""),
            traceparent=str(headers.get("traceparent") or ""),
            deadline=_deadline(headers.get("deadline")),
            idempotency_key=key,
            call_id=call_id,
        )

    def to_headers(self) -> dict[str, object]:
        """Return the context as nameko context data."""
        headers = {
            "actor": self.actor.to_wire() if not self.actor.is_anonymous else None,
            "locale": self.locale,
            "correlation_id": self.correlation_id,
            "traceparent": self.traceparent,
            "deadline": self.deadline.isoformat() if self.deadline else None,
            "idempotency_key": self.idempotency_key,
        }
        return {key: value for key, value in headers.items() if value}


def _deadline(header: object) -> datetime | None:
    if not header:
        return None
    try:
        if isinstance(header, str):
            return datetime.fromisoformat(header)
    except ValueError:
        pass
    raise Invalid("The deadline of a call is a time in ISO 8601.")


def new_traceparent() -> str:
    return f"00-{ids.new_trace_id()}-{ids.new_span_id()}-01"


_current: ContextVar[Context | None] = ContextVar("madang_context", default=None)


def current() -> Context:
    """Return the context of the work in progress, or a new one if there is none."""
    return _current.get() or Context.begin()


@contextmanager
def use(context: Context) -> Iterator[Context]:
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)
