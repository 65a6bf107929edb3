"""Closing the centre, or some of its spaces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import closures as schemas

closures = Blueprint("closures", __name__, description="Times in which the centre or some spaces are closed")


@closures.operation(
    "POST",
    "/closures",
    body=schemas.NewClosure,
    answer=schemas.ChangedClosure,
    status=201,
    refuses=(403, 404),
)
def declare_closure(body: Mapping[str, Any]) -> Any:
    """Close the centre, or some spaces. For staff.

    New bookings are refused from this moment; those that it touches are cancelled with a full refund, shortly after.
    """
    return ask("booking", "declare_closure", body)


@closures.operation("GET", "/closures", query=schemas.FindClosures, answer=schemas.ClosureList, public=True)
def list_closures(query: Mapping[str, Any]) -> Any:
    """List the closures that are in force or to come, the next one first."""
    return ask("booking", "list_closures", query)


@closures.operation(
    "PATCH",
    "/closures/<id:closure_id>",
    body=schemas.ClosureChange,
    answer=schemas.ChangedClosure,
    refuses=(403, 404, 409),
)
def change_closure(closure_id: str, body: Mapping[str, Any]) -> Any:
    """Extend a closure, or let it end earlier, which revives nothing. For staff."""
    return ask("booking", "change_closure", {"closure_id": closure_id, **body})


@closures.operation("DELETE", "/closures/<id:closure_id>", answer=schemas.ChangedClosure, refuses=(403, 404, 409))
def lift_closure(closure_id: str, body: Mapping[str, Any]) -> Any:
    """Lift a closure from this moment on, which revives nothing. For staff."""
    return ask("booking", "lift_closure", {"closure_id": closure_id, **body})
