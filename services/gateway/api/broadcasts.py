"""Broadcasts: what staff write to all who belong to an audience."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint
from services.gateway.api.schemas import broadcasts as schemas
from services.gateway.api.schemas.bases import Page
from services.gateway.api.schemas.templates import NotifyDecisionPage
from services.gateway.rpc import ask

broadcasts = Blueprint("broadcasts", __name__, description="What staff write to many at once, and to whom")
ONE = "/broadcasts/<id:broadcast_id>"


@broadcasts.operation("GET", "/audiences", answer=schemas.AudienceList, refuses=(403,))
def list_audiences() -> Any:
    """List the audiences but the courses', and how many belong to each. For staff."""
    return ask("notify", "list_audiences")


@broadcasts.operation("DELETE", "/audiences/staff/<id:person_id>", answer=None, status=204, refuses=(403, 404))
def forget_staff(person_id: str, body: Mapping[str, Any]) -> Any:
    """Take somebody out of the staff's audience, who works here no more. For the director."""
    ask("notify", "forget_staff", {"person_id": person_id, **body})


@broadcasts.operation(
    "POST", "/broadcasts/preview", body=schemas.BroadcastContent, answer=schemas.SampleList, refuses=(403, 409)
)
def preview_broadcast(body: Mapping[str, Any]) -> Any:
    """Show how a broadcast reads to a sample person, over each channel. Nothing is kept. For staff."""
    return ask("notify", "preview_broadcast", body)


@broadcasts.operation(
    "POST", "/broadcasts", body=schemas.NewBroadcast, answer=schemas.Broadcast, status=201, refuses=(403, 409)
)
def create_broadcast(body: Mapping[str, Any]) -> Any:
    """Write a broadcast: a draft, which goes to nobody yet. For staff."""
    return ask("notify", "create_broadcast", body)


@broadcasts.operation("GET", "/broadcasts", query=schemas.FindBroadcasts, answer=schemas.BroadcastPage, refuses=(403,))
def list_broadcasts(query: Mapping[str, Any]) -> Any:
    """List broadcasts, the newest first. For staff and auditors."""
    return ask("notify", "list_broadcasts", query)


@broadcasts.operation("GET", "/notices", query=Page, answer=schemas.NoticePage, public=True)
def list_notices(query: Mapping[str, Any]) -> Any:
    """List the public notices, the last sent first: what was written to everybody, but for advertising."""
    return ask("notify", "list_notices", query)


@broadcasts.operation("GET", ONE, answer=schemas.Broadcast, refuses=(403, 404))
def get_broadcast(broadcast_id: str) -> Any:
    """Show a broadcast, and what became of its messages. For staff and auditors."""
    return ask("notify", "get_broadcast", {"broadcast_id": broadcast_id})


@broadcasts.operation("PATCH", ONE, body=schemas.ChangedBroadcast, answer=schemas.Broadcast, refuses=(403, 404, 409))
def change_broadcast(broadcast_id: str, body: Mapping[str, Any]) -> Any:
    """Write a draft anew. For staff."""
    return ask("notify", "change_broadcast", {"broadcast_id": broadcast_id, **body})


@broadcasts.operation("GET", f"{ONE}/recipients", answer=schemas.Recipients, refuses=(403, 404))
def count_recipients(broadcast_id: str) -> Any:
    """Count who would get it now over which channel, and why others would not. For staff."""
    return ask("notify", "count_recipients", {"broadcast_id": broadcast_id})


@broadcasts.operation("POST", f"{ONE}/test", answer=schemas.Tested, status=202, refuses=(403, 404, 409))
def send_test(broadcast_id: str, body: Mapping[str, Any]) -> Any:
    """Send it to oneself alone, over its channels. For staff."""
    return ask("notify", "send_test", {"broadcast_id": broadcast_id, **body})


@broadcasts.operation(
    "POST", f"{ONE}/send", body=schemas.Sending, answer=schemas.Broadcast, status=202, refuses=(403, 404, 409)
)
def send_broadcast(broadcast_id: str, body: Mapping[str, Any]) -> Any:
    """Send it to everybody who belongs to its audience then, at once or at a time. For staff."""
    return ask("notify", "send_broadcast", {"broadcast_id": broadcast_id, **body})


@broadcasts.operation("POST", f"{ONE}/cancel", answer=schemas.Broadcast, refuses=(403, 404, 409))
def cancel_broadcast(broadcast_id: str, body: Mapping[str, Any]) -> Any:
    """Send it to nobody after all, before its time has come. For staff."""
    return ask("notify", "cancel_broadcast", {"broadcast_id": broadcast_id, **body})


@broadcasts.operation("GET", f"{ONE}/decisions", query=Page, answer=NotifyDecisionPage, refuses=(403,))
def list_broadcast_decisions(broadcast_id: str, query: Mapping[str, Any]) -> Any:
    """Read who did what to a broadcast, the newest first. For staff and auditors."""
    return ask("notify", "list_decisions", {"subject_id": broadcast_id, **query})
