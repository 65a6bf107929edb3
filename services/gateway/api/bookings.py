"""Applications for a space."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import bookings as schemas

bookings = Blueprint("bookings", __name__, description="Applications for a space, and their decisions")


@bookings.operation(
    "POST", "/bookings", body=schemas.NewBooking, answer=schemas.Booking, status=201, refuses=(403, 404, 409)
)
def request_booking(body: Mapping[str, Any]) -> Any:
    """Apply for a space.

    Its rooms are held from here on, until staff decide. What staff apply for is approved at once.
    """
    made = ask("booking", "request_booking", body)
    return made, {"Location": f"/api/v1/bookings/{made['id']}"}


@bookings.operation("GET", "/bookings", query=schemas.FindBookings, answer=schemas.BookingPage)
def list_bookings(query: Mapping[str, Any]) -> Any:
    """List bookings, the newest first.

    Staff see all of them, others their own and those of their groups.
    """
    return ask("booking", "list_bookings", query)


@bookings.operation("GET", "/bookings/<id:booking_id>", answer=schemas.Booking, refuses=(404,))
def get_booking(booking_id: str) -> Any:
    """Show a booking."""
    return ask("booking", "get_booking", {"booking_id": booking_id})


@bookings.operation("POST", "/bookings/<id:booking_id>/approve", answer=schemas.Booking, refuses=(403, 404, 409))
def approve_booking(booking_id: str, body: Mapping[str, Any]) -> Any:
    """Approve an application. For staff."""
    return ask("booking", "approve_booking", {"booking_id": booking_id, **body})


@bookings.operation(
    "POST",
    "/bookings/<id:booking_id>/reject",
    body=schemas.Rejection,
    answer=schemas.Booking,
    refuses=(403, 404, 409),
)
def reject_booking(booking_id: str, body: Mapping[str, Any]) -> Any:
    """Reject an application, for a reason. For staff."""
    return ask("booking", "reject_booking", {"booking_id": booking_id, **body})


@bookings.operation("POST", "/bookings/<id:booking_id>/cancel", answer=schemas.Booking, refuses=(404, 409))
def cancel_booking(booking_id: str, body: Mapping[str, Any]) -> Any:
    """Cancel a booking of mine or of my group. Staff cancel any."""
    return ask("booking", "cancel_booking", {"booking_id": booking_id, **body})


@bookings.operation("GET", "/bookings/<id:booking_id>/decisions", answer=schemas.DecisionList, refuses=(403,))
def list_decisions(booking_id: str) -> Any:
    """Show who did what to a booking, and when. For staff."""
    return ask("booking", "list_decisions", {"booking_id": booking_id})
