"""Who I am, where I am reached, and what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway import incoming
from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import messages, people

me = Blueprint("me", __name__, description="Who I am and where I am reached")
sent = Blueprint("messages", __name__, description="What was sent, for staff")


@me.operation("GET", "/me", answer=people.Me, asks=False)
def show_me() -> Any:
    """Say who I am."""
    context = incoming.context()
    return {**context.actor.to_wire(), "locale": context.locale}


@me.operation("GET", "/me/contact", answer=people.Contact, refuses=(404,))
def get_contact() -> Any:
    """Show where I am reached."""
    return ask("notify", "get_contact")


@me.operation("PUT", "/me/contact", body=people.NewContact, answer=people.Contact)
def put_contact(body: Mapping[str, Any]) -> Any:
    """Say where I am reached. Only the service that sends messages keeps it."""
    return ask("notify", "put_contact", body)


@sent.operation("GET", "/messages", query=messages.FindMessages, answer=messages.MessagePage, refuses=(403,))
def list_messages(query: Mapping[str, Any]) -> Any:
    """List what was sent, the newest first. For staff."""
    return ask("notify", "list_messages", query)
