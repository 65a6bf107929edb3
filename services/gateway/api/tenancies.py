"""Offers, units and tenancies."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from flask import Response

from services.gateway.api.operations import Blueprint, Text, ask
from services.gateway.api.schemas import tenancies as schemas

tenancies = Blueprint("tenancies", __name__, description="Units, who is offered them, and who lives there")

PDF = Text("application/pdf")


@tenancies.operation("GET", "/units", answer=schemas.UnitList, public=True)
def list_units() -> Any:
    """Show all units, and who has them."""
    return ask("recruitment", "list_units")


@tenancies.operation("GET", "/offers", query=schemas.FindOffers, answer=schemas.OfferPage)
def list_offers(query: Mapping[str, Any]) -> Any:
    """List offers, the newest first: mine and my organisations'; staff see all."""
    return ask("recruitment", "list_offers", query)


@tenancies.operation("GET", "/offers/<id:offer_id>", answer=schemas.Offer, refuses=(404,))
def get_offer(offer_id: str) -> Any:
    """Show an offer."""
    return ask("recruitment", "get_offer", {"offer_id": offer_id})


@tenancies.operation("POST", "/offers/<id:offer_id>/accept", answer=schemas.Offer, refuses=(404, 409))
def accept_offer(offer_id: str, body: Mapping[str, Any]) -> Any:
    """Accept a unit. Its contract has to be signed before the offer expires."""
    return ask("recruitment", "accept_offer", {"offer_id": offer_id, **body})


@tenancies.operation("POST", "/offers/<id:offer_id>/decline", answer=schemas.Offer, refuses=(404, 409))
def decline_offer(offer_id: str, body: Mapping[str, Any]) -> Any:
    """Decline a unit. The next in rank is offered it."""
    return ask("recruitment", "decline_offer", {"offer_id": offer_id, **body})


@tenancies.operation("GET", "/tenancies", query=schemas.FindTenancies, answer=schemas.TenancyPage)
def list_tenancies(query: Mapping[str, Any]) -> Any:
    """List tenancies, the newest first: my organisations'; staff see all."""
    return ask("recruitment", "list_tenancies", query)


@tenancies.operation("GET", "/tenancies/<id:tenancy_id>", answer=schemas.Tenancy, refuses=(404,))
def get_tenancy(tenancy_id: str) -> Any:
    """Show a tenancy."""
    return ask("recruitment", "get_tenancy", {"tenancy_id": tenancy_id})


@tenancies.operation("GET", "/tenancies/<id:tenancy_id>/contract.pdf", answer=PDF, refuses=(404,))
def get_contract(tenancy_id: str) -> Any:
    """Read the contract."""
    made = ask("recruitment", "get_contract", {"tenancy_id": tenancy_id})
    content = Response(base64.b64decode(made["content"]), content_type=PDF.content_type)
    content.headers.set("Content-Disposition", "inline", filename=made["name"])
    return content


@tenancies.operation("POST", "/tenancies/<id:tenancy_id>/sign", answer=schemas.Tenancy, refuses=(404, 409))
def sign_tenancy(tenancy_id: str, body: Mapping[str, Any]) -> Any:
    """Sign the contract of a unit that I accepted."""
    return ask("recruitment", "sign_tenancy", {"tenancy_id": tenancy_id, **body})


@tenancies.operation(
    "POST",
    "/tenancies/<id:tenancy_id>/renewal-review",
    body=schemas.RenewalReview,
    answer=schemas.Tenancy,
    refuses=(403, 404, 409),
)
def review_tenancy(tenancy_id: str, body: Mapping[str, Any]) -> Any:
    """Review a tenancy whose term ends, and extend it if it passes. For staff."""
    return ask("recruitment", "review_tenancy", {"tenancy_id": tenancy_id, **body})


@tenancies.operation(
    "POST", "/tenancies/<id:tenancy_id>/notice", body=schemas.Notice, answer=schemas.Tenancy, refuses=(404, 409)
)
def give_notice(tenancy_id: str, body: Mapping[str, Any]) -> Any:
    """Give notice of a tenancy. The tenant may, and staff."""
    return ask("recruitment", "give_notice", {"tenancy_id": tenancy_id, **body})


@tenancies.operation(
    "POST",
    "/tenancies/<id:tenancy_id>/move-out",
    body=schemas.MovingOut,
    answer=schemas.Tenancy,
    refuses=(403, 404, 409),
)
def move_out(tenancy_id: str, body: Mapping[str, Any]) -> Any:
    """Tick off what moving out needs. With all of it the unit is vacated. For staff."""
    return ask("recruitment", "move_out", {"tenancy_id": tenancy_id, **body})
