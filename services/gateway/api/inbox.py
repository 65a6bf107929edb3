"""What a person was told, as it lies in their inbox here, and the webhook by which a program of theirs is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint
from services.gateway.api.schemas import inbox as schemas
from services.gateway.rpc import ask

inbox = Blueprint("inbox", __name__, description="What I was told")


@inbox.operation("GET", "/me/inbox", query=schemas.FindInbox, answer=schemas.InboxPage)
def list_inbox(query: Mapping[str, Any]) -> Any:
    """List my messages, the newest first."""
    return ask("notify", "list_inbox", query)


@inbox.operation("POST", "/me/inbox/<id:message_id>/read", answer=schemas.InboxMessage, refuses=(404,))
def mark_read(body: Mapping[str, Any], message_id: str) -> Any:
    """Say that I have read a message. The first time counts."""
    return ask("notify", "mark_read", {**body, "message_id": message_id})


@inbox.operation("GET", "/me/webhook", answer=schemas.Webhook, refuses=(404,))
def get_webhook() -> Any:
    """Show where a program of mine is called."""
    return ask("notify", "get_webhook")


@inbox.operation("PUT", "/me/webhook", body=schemas.NewWebhook, answer=schemas.WebhookWithSecret)
def put_webhook(body: Mapping[str, Any]) -> Any:
    """Say where a program of mine is called, by Standard Webhooks. It gets a new secret each time, told once."""
    return ask("notify", "put_webhook", body)


@inbox.operation("DELETE", "/me/webhook", answer=None, status=204, refuses=(404,))
def remove_webhook(body: Mapping[str, Any]) -> Any:
    """Have no program of mine called any more."""
    ask("notify", "remove_webhook", body)
