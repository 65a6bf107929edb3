"""Where I am reached, what I want to hear and when not, and to what I consent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint
from services.gateway.api.schemas import people
from services.gateway.api.schemas import preferences as schemas
from services.gateway.rpc import ask

preferences = Blueprint("preferences", __name__, description="Where I am reached, and what I want to hear")


@preferences.operation("GET", "/me/contact", answer=people.Contact, refuses=(404,))
def get_contact() -> Any:
    """Show where I am reached."""
    return ask("notify", "get_contact")


@preferences.operation("PUT", "/me/contact", body=people.NewContact, answer=people.Contact)
def put_contact(body: Mapping[str, Any]) -> Any:
    """Say where I am reached. Only the service that sends messages keeps it."""
    return ask("notify", "put_contact", body)


@preferences.operation("GET", "/me/preferences", answer=schemas.Preferences)
def get_preferences() -> Any:
    """Show what I am told over which channels, when I am left alone, and to what I have consented."""
    return ask("notify", "get_preferences")


@preferences.operation(
    "PUT", "/me/preferences", body=schemas.NewPreferences, answer=schemas.Preferences, refuses=(409,)
)
def put_preferences(body: Mapping[str, Any]) -> Any:
    """Say what I want to hear, when I am left alone, and to what I consent.

    What is said of mandatory messages must be true. A consent that is not named stays as it is; true confirms it now.
    """
    return ask("notify", "put_preferences", body)
