"""Typed refusals that survive RPC: each has a stable code, a message and details, and its type arrives at the caller.

A message is an English msgid with named places (`%(days)d`), filled from `details`; it is put into the caller's
language at the edge (see i18n.py), so that domain code holds no language. Unknown errors are not described to callers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


def filled(message: str, details: Mapping[str, Any], locale: str) -> str:
    """With the details in their places, where each of them is given; otherwise, as a text that was filled before and
    quotes a `%(`, it stays as it is.
    """
    if "%(" not in message:
        return message
    try:
        return message % {name: in_language(each, locale) for name, each in details.items()}
    except (KeyError, TypeError, ValueError):
        return message


def in_language(detail: Any, locale: str) -> Any:
    """A detail that is itself a text by language ({"ko": ..., "en": ...}), as it reads in `locale`."""
    return detail.get(locale, detail.get("en")) if isinstance(detail, Mapping) else detail


@dataclass(frozen=True)
class Refusal:
    """One reason why something is refused.

    code: stable, from the contract. message: msgid. details: JSON values that fill the message and tell programs more.
    """

    code: str
    message: str
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_wire(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "details": dict(self.details)}


class DomainError(Exception):
    """Base of everything that a caller may be told. Never retried: asking again gives the same answer."""

    code = "invalid"
    message = "The request is not valid."

    def __init__(self, message: str | None = None, **details: Any) -> None:
        self.message = message or self.message
        self.details = details
        super().__init__(self.message)

    def __str__(self) -> str:
        """In English, with the details in their places: for logs and dead letters."""
        return filled(self.message, self.details, "en")

    def to_wire(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "details": self.details}

    @classmethod
    def from_wire(cls, body: Mapping[str, Any]) -> DomainError:
        error = cls(body["message"], **body["details"])
        error.code = body["code"]
        return error


class Refused(DomainError):
    """Rules refuse a command. Carries all refusals that were found, and alternatives where they help."""

    code = "refused"
    message = "The rules of the centre refuse this."

    def __init__(self, refusals: Sequence[Refusal], alternatives: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__(refusals[0].message, **refusals[0].details)
        self.code = refusals[0].code
        self.refusals = tuple(refusals)
        self.alternatives = tuple(alternatives)

    def __str__(self) -> str:
        return " ".join(filled(each.message, each.details, "en") for each in self.refusals)

    def to_wire(self) -> dict[str, Any]:
        return {
            **super().to_wire(),
            "refusals": [refusal.to_wire() for refusal in self.refusals],
            "alternatives": [dict(alternative) for alternative in self.alternatives],
        }

    @classmethod
    def from_wire(cls, body: Mapping[str, Any]) -> Refused:
        return cls([Refusal(**refusal) for refusal in body["refusals"]], body.get("alternatives", ()))


class Invalid(DomainError):
    """The request is malformed. `errors` maps a field to its messages, as marshmallow gives them."""

    def __init__(self, message: str | None = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.errors: Mapping[str, Any] = details.get("errors", {})


class NotFound(DomainError):
    """There is no such thing, or the caller may not know of it."""

    code = "not_found"
    message = "There is nothing here under this name."


class Forbidden(DomainError):
    code = "forbidden"
    message = "You may not do this."


class StaleVersion(DomainError):
    code = "stale_version"
    message = "Somebody else has changed this in the meantime. Load it again."


class IllegalTransition(DomainError):
    """The thing is not in a state from which this can happen. Details: `state`, `wanted`."""

    code = "illegal_transition"
    message = "This cannot be done any more: it is %(state)s."


class Unavailable(Exception):
    """A service did not answer in time, or the broker is away. Asking again later may work."""

    def __init__(self, service: str, reason: str) -> None:
        self.service = service
        super().__init__(f"{service} is not available: {reason}")


class OutOfOrder(Exception):
    """An event came before one that it builds on. It waits in the inbox and is tried again."""
