"""What was decided, and what came of it all. For staff and auditors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import decisions as schemas
from services.gateway.api.schemas.bases import Page
from services.gateway.api.schemas.statistics import FindStatistics, Statistics

decisions = Blueprint("decisions", __name__, description="What was decided about bookings, and statistics of them")


@decisions.operation(
    "GET", "/decisions", query=schemas.FindDecisions, answer=schemas.BookingDecisionPage, refuses=(403,)
)
def list_decisions(query: Mapping[str, Any]) -> Any:
    """Read the audit log, the newest first: who did what to a booking, and when. For staff and auditors."""
    return ask("booking", "list_decisions", query)


@decisions.operation(
    "GET", "/bookings/<id:booking_id>/decisions", query=Page, answer=schemas.BookingDecisionPage, refuses=(403,)
)
def list_decisions_about(booking_id: str, query: Mapping[str, Any]) -> Any:
    """Read the audit log of one booking, the newest first. For staff and auditors."""
    return ask("booking", "list_decisions", {"booking_id": booking_id, **query})


@decisions.operation("GET", "/statistics/bookings", query=FindStatistics, answer=Statistics, refuses=(403,))
def get_statistics(query: Mapping[str, Any]) -> Any:
    """Count the bookings and hours by space, month and field of work. At most 2 years. For staff and auditors."""
    return ask("booking", "get_statistics", query)
