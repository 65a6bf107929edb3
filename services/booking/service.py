"""Booking's entrypoints: the use case of each operation, event and timer."""

from __future__ import annotations

from collections.abc import Callable

from services.booking import usecases
from services.booking.contract import bookings, calendars, closures, decisions, people, plan, spaces
from services.booking.domain.rules import BookingRules
from services.booking.manifest import MANIFEST
from services.booking.queries import due
from services.booking.queries.availability import search_availability
from services.booking.queries.bookings import list_bookings, list_decisions
from services.booking.queries.list_closures import list_closures
from services.booking.queries.plan import get_plan
from services.booking.queries.show_calendars import get_person_calendar, get_space_calendar
from services.booking.queries.spaces import get_timeline, get_today, list_spaces
from services.booking.queries.statistics import get_statistics
from services.booking.schemas import heard
from services.chassis import clock
from services.chassis.entrypoints import Call
from services.chassis.events import Received
from services.chassis.handlers import handles
from services.chassis.messaging import OUTSIDE
from services.chassis.service import Service
from services.chassis.timers import when_due


class BookingService(Service):
    name = "booking"
    manifest = MANIFEST
    serves = (
        bookings.RequestBooking.by(usecases.request_booking),
        bookings.ChangeBooking.by(usecases.change_booking),
        bookings.ApproveBooking.by(usecases.approve_booking),
        bookings.RejectBooking.by(usecases.reject_booking),
        bookings.CancelBooking.by(usecases.cancel_booking),
        bookings.CheckIn.by(usecases.check_in),
        bookings.GetBooking.by(usecases.get_booking),
        bookings.GetBookingOptions.by(usecases.get_booking_options),
        bookings.ListBookings.by(list_bookings),
        spaces.ListSpaces.by(list_spaces),
        spaces.GetTimeline.by(get_timeline),
        spaces.GetToday.by(get_today),
        spaces.SearchAvailability.by(search_availability),
        spaces.ChangeWalkIns.by(usecases.change_walk_ins),
        plan.GetPlan.by(get_plan),
        closures.DeclareClosure.by(usecases.declare_closure),
        closures.PreviewClosure.by(usecases.preview_closure),
        closures.ChangeClosure.by(usecases.change_closure),
        closures.LiftClosure.by(usecases.lift_closure),
        closures.ListClosures.by(list_closures),
        decisions.ListDecisions.by(list_decisions),
        decisions.GetStatistics.by(get_statistics),
        calendars.CreateCalendarAddress.by(usecases.create_calendar_address),
        calendars.RevokeCalendarAddress.by(usecases.revoke_calendar_address),
        calendars.GetPersonCalendar.by(get_person_calendar),
        calendars.GetSpaceCalendar.by(get_space_calendar),
        people.ExportPerson.by(usecases.export_person),
    )

    # --- events of others

    @handles(OUTSIDE, "closure_ordered", heard.ClosureOrderSchema)
    def obey_closure_order(self, call: Call[BookingRules], event: Received) -> None:
        usecases.obey_closure_order(call.session, event, rules=call.profile, now=call.now)

    @handles("training", "session_planned", heard.PlannedSessionSchema)
    def plan_course_room(self, call: Call[BookingRules], event: Received) -> None:
        usecases.plan_course_room(call.session, event, rules=call.profile, now=call.now)

    @handles("training", "session_cancelled", heard.SessionIdSchema)
    def release_course_room(self, call: Call[BookingRules], event: Received) -> None:
        usecases.release_course_room(call.session, event, rules=call.profile, now=call.now)

    @handles("recruitment", "tenancy_started", heard.StartedTenancySchema)
    def grant_allowance(self, call: Call[BookingRules], event: Received) -> None:
        usecases.grant_allowance(call.session, event.data)

    @handles("recruitment", "tenancy_ended", heard.EndedTenancySchema)
    def end_allowance(self, call: Call[BookingRules], event: Received) -> None:
        usecases.end_allowance(call.session, event.data)

    @handles("notify", "person_erased", heard.ErasedPersonSchema)
    @handles(OUTSIDE, "person_erased", heard.ErasedPersonSchema)
    def erase_person(self, call: Call[BookingRules], event: Received) -> None:
        usecases.erase_person(call.session, event.data.person_id)

    # --- timers

    @when_due(due.EXPIRY, leased=True)
    def expire_bookings(self) -> bool:
        return self._in_batches(usecases.expire_bookings)

    @when_due(due.WARNING, leased=True)
    def warn_of_expiry(self) -> bool:
        return self._in_batches(usecases.warn_of_expiry)

    @when_due(due.NO_SHOW, leased=True)
    def release_no_shows(self) -> bool:
        return self._in_batches(usecases.release_no_shows)

    @when_due(due.CLOSURE, leased=True)
    def settle_closures(self) -> bool:
        return self._in_batches(usecases.settle_closures)

    def _in_batches(self, usecase: Callable[..., bool]) -> bool:
        """Run one batch in one transaction. Return whether there may be more: the timer then runs again at once."""
        rules = self.store.profile
        return self.store.transaction(lambda session: usecase(session, rules=rules, now=clock.now()))
