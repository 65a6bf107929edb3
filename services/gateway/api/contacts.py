"""Contact data as staff see it. Whoever sees it whole says why, and it is on record for each person. And its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint
from services.gateway.api.schemas import contacts as schemas
from services.gateway.api.schemas.bases import Page
from services.gateway.rpc import ask

contacts = Blueprint("contacts", __name__, description="Contact data, masked or with a reason, and who saw it")


@contacts.operation("GET", "/contacts", query=Page, answer=schemas.MaskedContactPage, refuses=(403,))
def list_contacts(query: Mapping[str, Any]) -> Any:
    """List contacts, masked. For staff."""
    return ask("notify", "list_contacts", query)


@contacts.operation("POST", "/contacts/view", body=schemas.Disclosing, answer=schemas.ContactList, refuses=(403, 409))
def view_contacts(body: Mapping[str, Any]) -> Any:
    """Show contact data of people, for a reason that is kept with each of them. For staff."""
    return ask("notify", "view_contacts", body)


@contacts.operation("POST", "/contacts/export", body=schemas.Disclosing, answer=schemas.ContactList, refuses=(403, 409))
def export_contacts(body: Mapping[str, Any]) -> Any:
    """Take contact data of people along, for a reason that is kept with each of them. For staff."""
    return ask("notify", "export_contacts", body)


@contacts.operation(
    "GET", "/contacts/access-log", query=schemas.FindDisclosures, answer=schemas.DisclosurePage, refuses=(403,)
)
def list_disclosures(query: Mapping[str, Any]) -> Any:
    """List who saw whose contact data and why, the newest first.

    Staff and auditors see all of it; others give their own `person_id`.
    """
    return ask("notify", "list_disclosures", query)


@contacts.operation("POST", "/people/<id:person_id>/erase", body=schemas.Erasing, answer=None, status=204)
def erase_person(person_id: str, body: Mapping[str, Any]) -> None:
    """Erase a person everywhere: oneself, or, as staff, somebody else for a reason. It cannot be undone.

    What they did stays as numbers that lead to nobody. The services follow within moments.
    """
    ask("notify", "erase_person", {"person_id": person_id, **body})
