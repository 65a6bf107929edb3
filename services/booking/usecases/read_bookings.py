"""Read a booking as far as the reader may, and what its owner can do with it."""

from __future__ import annotations

from services.booking.contract import bookings as contract
from services.booking.contract.vocabulary import Action, Status
from services.booking.domain import fees
from services.booking.domain.lifecycle import possible
from services.booking.models import Booking
from services.booking.queries.answers import BookingCall, booking_answer
from services.booking.usecases import access
from services.booking.usecases.applying_again import period_of
from services.booking.usecases.locking import NO_BOOKING
from services.chassis.errors import NotFound


def get_booking(call: BookingCall, request: contract.GetBooking) -> contract.Booking:
    """Raises NotFound."""
    booking = call.session.get(Booking, request.booking_id)
    if booking is None:
        raise NotFound(NO_BOOKING)
    access.require_readable(call.actor, booking)
    return booking_answer(call, booking)


def get_booking_options(call: BookingCall, request: contract.GetBookingOptions) -> contract.BookingOptions:
    """Raises NotFound."""
    booking = access.require_known(call.session, request.booking_id, call.actor)
    rules, zone = call.profile, call.profile.centre.zone
    status = Status(booking.status)
    check_in_until = booking.starts_at + rules.check_in.after
    can_be_cancelled = possible(status, Action.CANCEL) and call.now < booking.starts_at
    can_check_in = possible(status, Action.CHECK_IN) and call.now < check_in_until
    refund = fees.refund(booking.fee, period_of(booking, rules), call.now, rules.refunds)
    return contract.BookingOptions(
        refund=refund if can_be_cancelled else None,
        check_in_from=(booking.starts_at - rules.check_in.before).astimezone(zone) if can_check_in else None,
        check_in_until=check_in_until.astimezone(zone) if can_check_in else None,
    )
