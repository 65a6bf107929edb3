"""One's own identity and data, and sent messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.booking.contract.people import ExportPerson
from services.gateway import client, incoming
from services.gateway.api.operations import Blueprint
from services.gateway.api.schemas import messages, people
from services.gateway.api.schemas.bases import Page
from services.gateway.api.schemas.export import Export
from services.gateway.rpc import ask

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
    export = client.ask_for_json(ExportPerson(**query))
    next_cursor = export.pop("next_cursor")
    return {"booking": export, "next_cursor": next_cursor}


@sent.operation("GET", "/messages", query=messages.FindMessages, answer=messages.MessagePage, refuses=(403,))
def list_messages(query: Mapping[str, Any]) -> Any:
    """List what was sent, the newest first. For staff."""
    return ask("notify", "list_messages", query)
