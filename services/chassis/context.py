"""Who asks, in which language, and which chain of calls and events this belongs to.

The context travels in nameko's context data (AMQP headers) on calls and in the envelope of events. `current()` is set
by the entrypoints for the length of one piece of work; each worker has its own. Domain code never reads it: use cases
are given the actor. A context that is not well-formed is refused, not mended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.chassis import ids
from services.chassis.errors import Invalid


@dataclass(frozen=True)
class Actor:
    """A person or service that acts. An empty id is nobody in particular: only what is public is for them."""

    id: str = ""
    name: str = ""
    roles: frozenset[str] = frozenset()
    orgs: tuple[str, ...] = ()

    @property
    def is_anonymous(self) -> bool:
        return not self.id

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def to_wire(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "roles": sorted(self.roles), "orgs": list(self.orgs)}

    @classmethod
    def from_wire(cls, body: Any) -> Actor:
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


@dataclass(frozen=True)
class Context:
    """`deadline` is wall time; `causation_id` is the event or call that led here."""

    actor: Actor = ANONYMOUS
    locale: str = "ko"
    correlation_id: str = ""
    traceparent: str = ""
    deadline: datetime | None = None
    idempotency_key: str = ""
    call_id: str = ""
    causation_id: str = ""

    @classmethod
    def begin(cls, **known: Any) -> Context:
        """A context at the start of a chain: what is not known is made."""
        context = cls(**known)
        return replace(
            context,
            correlation_id=context.correlation_id or ids.new_id(),
            traceparent=context.traceparent or new_traceparent(),
        )

    @classmethod
    def from_headers(cls, headers: Mapping[str, Any], call_id: str) -> Context:
        """From nameko context data. Raises Invalid."""
        deadline = headers.get("deadline")
        try:
            until = datetime.fromisoformat(deadline) if deadline else None
        except (TypeError, ValueError) as error:
            raise Invalid("The deadline of a call is a time in ISO 8601.") from error
        key = str(headers.get("idempotency_key") or "")
        if len(key) > LONGEST_KEY or not key.isprintable():
            raise Invalid("An idempotency key has at most 255 printable characters.")
        return cls.begin(
            actor=Actor.from_wire(headers["actor"]) if headers.get("actor") else ANONYMOUS,
            locale=str(headers.get("locale") or "ko"),
            correlation_id=str(headers.get("correlation_id") or ""),
            traceparent=str(headers.get("traceparent") or ""),
            deadline=until,
            idempotency_key=key,
            call_id=call_id,
        )

    def to_headers(self) -> dict[str, Any]:
        """As nameko context data."""
        known = {
            "actor": self.actor.to_wire() if not self.actor.is_anonymous else None,
            "locale": self.locale,
            "correlation_id": self.correlation_id,
            "traceparent": self.traceparent,
            "deadline": self.deadline.isoformat() if self.deadline else None,
            "idempotency_key": self.idempotency_key,
        }
        return {key: value for key, value in known.items() if value}


def new_traceparent() -> str:
    return f"00-{ids.new_trace_id()}-{ids.new_span_id()}-01"


_current: ContextVar[Context | None] = ContextVar("madang_context", default=None)


def current() -> Context:
    """The context of the work that is being done here; outside of any, a fresh one."""
    return _current.get() or Context.begin()


@contextmanager
def use(context: Context) -> Iterator[Context]:
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)
