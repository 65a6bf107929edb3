"""One file per use case, named by its verb: lock -> check the rules -> decide -> write -> emit."""

from services.booking.usecases.approve_booking import approve_booking
from services.booking.usecases.cancel_booking import cancel_booking
from services.booking.usecases.change_booking import change_booking
from services.booking.usecases.change_closure import change_closure
from services.booking.usecases.change_walk_ins import change_walk_ins
from services.booking.usecases.check_in import check_in
from services.booking.usecases.declare_closure import declare_closure
from services.booking.usecases.erase_person import erase_person
from services.booking.usecases.expire_bookings import expire_bookings, warn_of_expiry
from services.booking.usecases.export_person import export_person
from services.booking.usecases.keep_allowances import end_allowance, grant_allowance
from services.booking.usecases.keep_calendar_address import create_calendar_address, revoke_calendar_address
from services.booking.usecases.lift_closure import lift_closure
from services.booking.usecases.obey_closure_order import obey_closure_order
from services.booking.usecases.plan_course_room import plan_course_room, release_course_room
from services.booking.usecases.preview_closure import preview_closure
from services.booking.usecases.read_bookings import get_booking, get_booking_options
from services.booking.usecases.reject_booking import reject_booking
from services.booking.usecases.release_no_shows import release_no_shows
from services.booking.usecases.request_booking import request_booking
from services.booking.usecases.settle_closures import settle_closures

__all__ = [
    "approve_booking",
    "cancel_booking",
    "change_booking",
    "change_closure",
    "change_walk_ins",
    "check_in",
    "create_calendar_address",
    "declare_closure",
    "end_allowance",
    "erase_person",
    "expire_bookings",
    "export_person",
    "get_booking",
    "get_booking_options",
    "grant_allowance",
    "lift_closure",
    "obey_closure_order",
    "plan_course_room",
    "preview_closure",
    "reject_booking",
    "release_course_room",
    "release_no_shows",
    "request_booking",
    "revoke_calendar_address",
    "settle_closures",
    "warn_of_expiry",
]
