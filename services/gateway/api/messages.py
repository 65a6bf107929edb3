"""Messages after they were sent: what providers report, what staff have sent again, addresses that are given up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from services.gateway.api.bodies import Verbatim
from services.gateway.api.operations import Blueprint
from services.gateway.api.schemas import messages as schemas
from services.gateway.rpc import ask

messages = Blueprint("delivery", __name__, description="What became of messages")

REPORTS = Verbatim(
    most=256 * 1024,
    example=[{"id": "bounce-1", "message_id": "<01955a5e@centre.example>", "report": "bounced"}],
    about="As the provider posts it, signed by Standard Webhooks (headers webhook-id, -timestamp, -signature)",
)


@messages.operation(
    "POST",
    "/receipts/<id:provider>",
    body=REPORTS,
    answer=schemas.Recorded,
    refuses=(403, 404, 409, 413, 415, 422),
    public=True,
)
def record_receipt(body: str, provider: str) -> Any:
    """Report what became of messages. For providers: who reports is known by the signature."""
    signed = request.headers
    told = {
        "provider": provider,
        "signature_id": signed.get("webhook-id", ""),
        "signature_time": signed.get("webhook-timestamp", ""),
        "signature": signed.get("webhook-signature", ""),
        "body": body,
    }
    return ask("notify", "record_receipt", told)


@messages.operation(
    "POST", "/messages/<id:message_id>/replay", answer=schemas.Message, status=202, refuses=(403, 404, 409)
)
def replay_message(body: Mapping[str, Any], message_id: str) -> Any:
    """Have a message sent that was given up. For staff; an `unknown` one may reach the person twice."""
    return ask("notify", "replay_message", {**body, "message_id": message_id})


@messages.operation(
    "GET", "/suppressions", query=schemas.FindSuppressions, answer=schemas.SuppressionPage, refuses=(403,)
)
def list_suppressions(query: Mapping[str, Any]) -> Any:
    """List the addresses that nothing is sent to any more, the newest first. For staff."""
    return ask("notify", "list_suppressions", query)


@messages.operation("DELETE", "/suppressions/<id:suppression_id>", answer=None, status=204, refuses=(403, 404))
def lift_suppression(body: Mapping[str, Any], suppression_id: str) -> Any:
    """Send to this address again. For staff."""
    ask("notify", "lift_suppression", {**body, "suppression_id": suppression_id})
