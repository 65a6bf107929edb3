"""One file per use case, named by its verb: gates -> lock -> decide -> write -> emit."""

from services.booking.usecases.approve_booking import approve_booking
from services.booking.usecases.cancel_booking import cancel_booking
from services.booking.usecases.reject_booking import reject_booking
from services.booking.usecases.request_booking import request_booking

__all__ = ["approve_booking", "cancel_booking", "reject_booking", "request_booking"]
