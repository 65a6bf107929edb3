"""Booking's entrypoints. Each one: load, call one use case, dump."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from services.booking import plans, reports, usecases, views
from services.booking.manifest import MANIFEST
from services.booking.models import Booking, Closure
from services.booking.queries import (
    availability,
    bookings,
    calendar,
    closures,
    due,
    personal,
    plan,
    statistics,
    timeline,
)
from services.booking.queries.series import series_of
from services.booking.schemas import answers, commands, heard, questions
from services.booking.schemas.calendars import (
    CalendarAddressView,
    CalendarView,
    ShowPersonCalendar,
    ShowPersonCalendarSchema,
    ShowSpaceCalendar,
    ShowSpaceCalendarSchema,
)
from services.booking.schemas.export import ExportPerson, ExportPersonSchema, PersonExport
from services.booking.schemas.plan import (
    BookingOptionsView,
    ClosurePreviewView,
    PlanView,
    PreviewClosure,
    PreviewClosureSchema,
    ShowPlan,
    ShowPlanSchema,
)
from services.booking.schemas.statistics import FindStatistics, FindStatisticsSchema, StatisticsView
from services.booking.usecases import access, closing
from services.booking.usecases.keep_calendar_address import digest_of
from services.booking.usecases.locking import NO_BOOKING
from services.chassis import clock, roles
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.chassis.events import Received
from services.chassis.handlers import handles
from services.chassis.messaging import OUTSIDE
from services.chassis.service import Service
from services.chassis.timers import when_due


class BookingService(Service):
    name = "booking"
    manifest = MANIFEST

    # --- applications and what becomes of them

    @command(commands.RequestBookingSchema, answers.BookingAnswer)
    def request_booking(self, call: Call, wanted: commands.RequestBooking) -> Any:
        made = usecases.request_booking(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _answer(call, made, made[0].id)

    @command(commands.ChangeBookingSchema, answers.BookingAnswer)
    def change_booking(self, call: Call, wanted: commands.ChangeBooking) -> Any:
        changed = usecases.change_booking(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _answer(call, changed, wanted.booking_id)

    @command(commands.DecideBookingSchema, answers.BookingAnswer)
    def approve_booking(self, call: Call, wanted: commands.DecideBooking) -> Any:
        approved = usecases.approve_booking(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _answer(call, approved, wanted.booking_id)

    @command(commands.RejectBookingSchema, answers.BookingAnswer)
    def reject_booking(self, call: Call, wanted: commands.RejectBooking) -> Any:
        rejected = usecases.reject_booking(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _answer(call, rejected, wanted.booking_id)

    @command(commands.CancelBookingSchema, answers.BookingAnswer)
    def cancel_booking(self, call: Call, wanted: commands.CancelBooking) -> Any:
        cancelled = usecases.cancel_booking(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _answer(call, cancelled, wanted.booking_id)

    @command(commands.BookingIdSchema, answers.BookingView)
    def check_in(self, call: Call, wanted: commands.BookingId) -> Any:
        there = usecases.check_in(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _booking(call, there)

    @command(commands.ChangeWalkInsSchema, answers.WalkInsView)
    def change_walk_ins(self, call: Call, wanted: commands.ChangeWalkIns) -> Any:
        counted = usecases.change_walk_ins(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return views.walk_ins(counted, call.profile)

    # --- calendar feeds

    @command(questions.NothingSchema, CalendarAddressView, secret=True)
    def create_calendar_address(self, call: Call, _: Any) -> Any:
        return {"secret": usecases.create_calendar_address(call.session, actor=call.actor)}

    @command(questions.NothingSchema)
    def revoke_calendar_address(self, call: Call, _: Any) -> None:
        usecases.revoke_calendar_address(call.session, actor=call.actor)

    @query(ShowPersonCalendarSchema, CalendarView)
    def get_person_calendar(self, call: Call, wanted: ShowPersonCalendar) -> Any:
        person_id = calendar.person_of(call.session, digest_of(wanted.secret))
        if person_id is None:
            raise NotFound
        shown = calendar.of_person(call.session, person_id, rules=call.profile, now=call.now)
        from services.booking import feeds  # icalendar is imported for who asks for a feed

        return {"content": feeds.of_person(shown, call.profile, call.context.locale)}

    @query(ShowSpaceCalendarSchema, CalendarView)
    def get_space_calendar(self, call: Call, wanted: ShowSpaceCalendar) -> Any:
        space = call.profile.space(wanted.space_id)
        shown = calendar.of_space(call.session, space, rules=call.profile, now=call.now)
        from services.booking import feeds

        return {"content": feeds.of_space(space, shown, call.profile, call.context.locale)}

    # --- closures

    @command(commands.DeclareClosureSchema, answers.ClosureAnswer)
    def declare_closure(self, call: Call, wanted: commands.DeclareClosure) -> Any:
        declared = usecases.declare_closure(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _with_touched(call, declared)

    @command(commands.ChangeClosureSchema, answers.ClosureAnswer)
    def change_closure(self, call: Call, wanted: commands.ChangeClosure) -> Any:
        changed = usecases.change_closure(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _with_touched(call, changed)

    @command(commands.ClosureIdSchema, answers.ClosureAnswer)
    def lift_closure(self, call: Call, wanted: commands.ClosureId) -> Any:
        lifted = usecases.lift_closure(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _with_touched(call, lifted)

    @query(questions.FindClosuresSchema, answers.ClosureList)
    def list_closures(self, call: Call, wanted: questions.FindClosures) -> Any:
        found = closures.find_closures(call.session, wanted, call.now)
        return {"items": [views.closure(each, call.profile) for each in found]}

    @query(PreviewClosureSchema, ClosurePreviewView)
    def preview_closure(self, call: Call, wanted: PreviewClosure) -> Any:
        roles.require_staff(call.actor)
        closed, rules = wanted.closing(call.profile.centre), call.profile
        rooms = closing.rooms_of(closed.space_ids, rules)
        touches, first = closures.preview(call.session, closed.period, rooms, call.now)
        return plans.closure_preview(touches, first, rules, series_of(call.session, first))

    # --- reads

    @query(commands.BookingIdSchema, answers.BookingView)
    def get_booking(self, call: Call, wanted: commands.BookingId) -> Any:
        found = bookings.booking(call.session, wanted.booking_id)
        if found is None:
            raise NotFound(NO_BOOKING)
        access.require_readable(call.actor, found)
        return _booking(call, found)

    @query(commands.BookingIdSchema, BookingOptionsView)
    def get_booking_options(self, call: Call, wanted: commands.BookingId) -> Any:
        known = access.require_known(call.session, wanted.booking_id, call.actor)
        return plans.booking_options(known, call.profile, call.now)

    @query(questions.FindBookingsSchema, answers.BookingPage)
    def list_bookings(self, call: Call, wanted: questions.FindBookings) -> Any:
        roles.require_person(call.actor)
        everything = roles.reads_all(call.actor)
        centre = call.profile.centre
        found = bookings.find_bookings(call.session, wanted, actor=call.actor, all_of_them=everything, centre=centre)
        return views.page(found, wanted.limit, call.profile, series_of(call.session, found[: wanted.limit]))

    @query(questions.FindDecisionsSchema, answers.DecisionPage)
    def list_decisions(self, call: Call, wanted: questions.FindDecisions) -> Any:
        roles.require_reader(call.actor)
        found = bookings.find_decisions(call.session, wanted)
        return views.decision_page(found, wanted.limit, call.profile)

    @query(questions.NothingSchema, answers.SpaceList)
    def list_spaces(self, call: Call, _: Any) -> Any:
        return views.spaces(call.profile, call.context.locale)

    @query(questions.ShowTimelineSchema, answers.TimelineView)
    def get_timeline(self, call: Call, wanted: questions.ShowTimeline) -> Any:
        days = timeline.timeline(call.session, wanted, rules=call.profile)
        return views.timeline(wanted.space_id, days, actor=call.actor, locale=call.context.locale, rules=call.profile)

    @query(questions.NothingSchema, answers.TodayView)
    def get_today(self, call: Call, _: Any) -> Any:
        today = call.now.astimezone(call.profile.centre.zone).date()
        found = timeline.on_day(call.session, today, rules=call.profile)
        return views.today(call.now, found, actor=call.actor, locale=call.context.locale, rules=call.profile)

    @query(ShowPlanSchema, PlanView)
    def get_plan(self, call: Call, wanted: ShowPlan) -> Any:
        found = plan.plan(call.session, wanted, rules=call.profile, now=call.now)
        return plans.plan(found, actor=call.actor, locale=call.context.locale, rules=call.profile, now=call.now)

    @query(FindStatisticsSchema, StatisticsView)
    def get_statistics(self, call: Call, wanted: FindStatistics) -> Any:
        roles.require_reader(call.actor)
        found = statistics.find_statistics(call.session, wanted, call.profile)
        return reports.statistics(wanted, found, call.profile)

    @query(ExportPersonSchema, PersonExport)
    def export_person(self, call: Call, wanted: ExportPerson) -> Any:
        person_id = access.person_told_of(call.actor, wanted.person_id)
        found = personal.find_personal(call.session, person_id, wanted)
        return reports.personal(person_id, found, now=call.now, rules=call.profile)

    @query(questions.SearchAvailabilitySchema, answers.AvailabilityList)
    def search_availability(self, call: Call, wanted: questions.SearchAvailability) -> Any:
        staff = roles.is_staff(call.actor)
        found = availability.search_availability(call.session, wanted, rules=call.profile, staff=staff, now=call.now)
        return views.availability(found, call.context.locale)

    # --- what others tell

    @handles(OUTSIDE, "closure_ordered", heard.ClosureOrderSchema)
    def obey_closure_order(self, call: Call, event: Received) -> None:
        usecases.obey_closure_order(call.session, event, rules=call.profile, now=call.now)

    @handles("training", "session_planned", heard.PlannedSessionSchema)
    def plan_course_room(self, call: Call, event: Received) -> None:
        usecases.plan_course_room(call.session, event, rules=call.profile, now=call.now)

    @handles("training", "session_cancelled", heard.SessionIdSchema)
    def release_course_room(self, call: Call, event: Received) -> None:
        usecases.release_course_room(call.session, event, rules=call.profile, now=call.now)

    @handles("recruitment", "tenancy_started", heard.StartedTenancySchema)
    def grant_allowance(self, call: Call, event: Received) -> None:
        usecases.grant_allowance(call.session, event.data)

    @handles("recruitment", "tenancy_ended", heard.EndedTenancySchema)
    def end_allowance(self, call: Call, event: Received) -> None:
        usecases.end_allowance(call.session, event.data)

    @handles("notify", "person_erased", heard.ErasedPersonSchema)
    @handles(OUTSIDE, "person_erased", heard.ErasedPersonSchema)
    def erase_person(self, call: Call, event: Received) -> None:
        usecases.erase_person(call.session, event.data.person_id)

    # --- what the clock brings

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
        """One batch in one transaction; True: there may be more, so that the timer runs again at once."""
        rules = self.store.profile
        return self.store.transaction(lambda session: usecase(session, rules=rules, now=clock.now()))


def _booking(call: Call, booking: Booking) -> Any:
    return views.booking(booking, call.profile, series_of(call.session, [booking]))


def _answer(call: Call, bookings: Sequence[Booking], booking_id: str) -> Any:
    return views.answer(bookings, booking_id, call.profile, series_of(call.session, bookings))


def _with_touched(call: Call, closure: Closure) -> Any:
    touches = closures.count_touched(call.session, closure, call.now)
    return views.closure(closure, call.profile, touches)
