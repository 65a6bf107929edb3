"""Applications for a space."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import booked
from services.gateway.api.schemas import bookings as schemas

bookings = Blueprint("bookings", __name__, description="Applications for a space, and their decisions")


@bookings.operation(
    "POST", "/bookings", body=schemas.NewBooking, answer=booked.ChangedBooking, status=201, refuses=(403, 404, 409)
)
def request_booking(body: Mapping[str, Any]) -> Any:
    """Apply for a space, once or on several dates.

    Its rooms are held from here on, until staff decide. What staff apply for is approved at once. Of several dates all
    are held or none; the answer is the first one.
    """
    made = ask("booking", "request_booking", body)
    return made, {"Location": f"/api/v1/bookings/{made['id']}"}


@bookings.operation("GET", "/bookings", query=schemas.FindBookings, answer=booked.BookingPage)
def list_bookings(query: Mapping[str, Any]) -> Any:
    """List bookings, the newest first.

    Staff and auditors see all of them, others their own and those of their groups.
    """
    return ask("booking", "list_bookings", query)


@bookings.operation("GET", "/bookings/<id:booking_id>", answer=booked.Booking, refuses=(404,))
def get_booking(booking_id: str) -> Any:
    """Show a booking."""
    return ask("booking", "get_booking", {"booking_id": booking_id})


@bookings.operation(
    "PATCH",
    "/bookings/<id:booking_id>",
    body=schemas.BookingChange,
    answer=booked.ChangedBooking,
    refuses=(404, 409),
)
def change_booking(booking_id: str, body: Mapping[str, Any]) -> Any:
    """Change a booking of mine or of my group, or more of its series: all of them or none.

    Staff decide anew upon what they have not changed themselves.
    """
    return ask("booking", "change_booking", {"booking_id": booking_id, **body})


@bookings.operation(
    "POST",
    "/bookings/<id:booking_id>/approve",
    body=schemas.Approval,
    answer=booked.ChangedBooking,
    refuses=(403, 404, 409),
)
def approve_booking(booking_id: str, body: Mapping[str, Any]) -> Any:
    """Approve an application. For staff."""
    return ask("booking", "approve_booking", {"booking_id": booking_id, **body})


@bookings.operation(
    "POST",
    "/bookings/<id:booking_id>/reject",
    body=schemas.Rejection,
    answer=booked.ChangedBooking,
    refuses=(403, 404, 409),
)
def reject_booking(booking_id: str, body: Mapping[str, Any]) -> Any:
    """Reject an application, for a reason. For staff."""
    return ask("booking", "reject_booking", {"booking_id": booking_id, **body})


@bookings.operation(
    "POST",
    "/bookings/<id:booking_id>/cancel",
    body=schemas.Cancellation,
    answer=booked.ChangedBooking,
    refuses=(403, 404, 409),
)
def cancel_booking(booking_id: str, body: Mapping[str, Any]) -> Any:
    """Cancel a booking of mine or of my group, or more of its series. Staff cancel any.

    The fee is refunded by the days that are left.
    """
    return ask("booking", "cancel_booking", {"booking_id": booking_id, **body})


@bookings.operation("POST", "/bookings/<id:booking_id>/check-in", answer=booked.Booking, refuses=(404, 409))
def check_in(booking_id: str, body: Mapping[str, Any]) -> Any:
    """Say that those who booked are there. From a little before the start to a little after it."""
    return ask("booking", "check_in", {"booking_id": booking_id, **body})
