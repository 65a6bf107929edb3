"""Staff look at what a closure would cancel."""

from __future__ import annotations

from services.booking.contract import closures as contract
from services.booking.queries import closures
from services.booking.queries.answers import BookingCall, booking_answers
from services.booking.usecases import closing
from services.chassis import roles


def preview_closure(call: BookingCall, request: contract.PreviewClosure) -> contract.ClosurePreview:
    """Raises Forbidden, NotFound for a space, Invalid for a time that ends before it starts."""
    roles.require_staff(call.actor)
    period = call.profile.centre.period(request.start, request.to)
    rooms = closing.rooms_of(request.space_ids or (), call.profile)
    touched, first = closures.preview(call.session, period, rooms, call.now)
    return contract.ClosurePreview(bookings=touched.bookings, people=touched.people, items=booking_answers(call, first))
