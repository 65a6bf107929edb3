"""Who I am, and what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway import incoming
from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import messages, people
from services.gateway.api.schemas.bases import Page
from services.gateway.api.schemas.export import Export

me = Blueprint("me", __name__, description="Who I am and where I am reached")
sent = Blueprint("messages", __name__, description="What was sent, for staff")


@me.operation("GET", "/me", answer=people.Me)
def show_me() -> Any:
    """Say who I am."""
    context = incoming.context()
    return {**context.actor.to_wire(), "locale": context.locale}


@me.operation("GET", "/me/export", query=Page, answer=Export)
def export_me(query: Mapping[str, Any]) -> Any:
    """Show all that Madang's bookings know of me."""
    known = dict(ask("booking", "export_person", query))
    next_cursor = known.pop("next_cursor")
    return {"booking": known, "next_cursor": next_cursor}


@sent.operation("GET", "/messages", query=messages.FindMessages, answer=messages.MessagePage, refuses=(403,))
def list_messages(query: Mapping[str, Any]) -> Any:
    """List what was sent, the newest first. For staff."""
    return ask("notify", "list_messages", query)
