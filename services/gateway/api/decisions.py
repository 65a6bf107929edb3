"""The audit log and statistics. Their routes follow from the contract; the log of one booking has a second route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.booking.contract.decisions import BookingDecision, GetStatistics, ListDecisions
from services.booking.contract.decisions import decisions as contract
from services.chassis.contract import Page as Answers
from services.chassis.contract_schemas import answer_schema
from services.gateway.api.derived import add
from services.gateway.api.operations import Blueprint
from services.gateway.api.schemas.bases import Page
from services.gateway.client import ask_for_json

decisions = Blueprint(contract.name, __name__, description=contract.description)

add(decisions, ListDecisions)


@decisions.operation(
    "GET",
    "/bookings/<id:booking_id>/decisions",
    query=Page,
    answer=answer_schema(Answers[BookingDecision]),
    refuses=(403,),
)
def list_decisions_about(booking_id: str, query: Mapping[str, Any]) -> Any:
    """Read the audit log of one booking, the newest first. For staff and auditors."""
    return ask_for_json(ListDecisions(booking_id=booking_id, **query))


add(decisions, GetStatistics)
