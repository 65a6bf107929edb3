"""Booking's entrypoints. Each one: load, call one use case, dump."""

from __future__ import annotations

from typing import Any

from services.booking import queries, schemas, usecases, views
from services.booking.manifest import MANIFEST
from services.booking.usecases import access
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.chassis.service import Service


class BookingService(Service):
    name = "booking"
    manifest = MANIFEST

    @command(schemas.RequestBookingSchema, schemas.BookingView)
    def request_booking(self, call: Call, wanted: schemas.RequestBooking) -> Any:
        made = usecases.request_booking(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return views.booking(made, call.profile)

    @command(schemas.BookingIdSchema, schemas.BookingView)
    def approve_booking(self, call: Call, wanted: schemas.DecideBooking) -> Any:
        approved = usecases.approve_booking(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return views.booking(approved, call.profile)

    @command(schemas.RejectBookingSchema, schemas.BookingView)
    def reject_booking(self, call: Call, wanted: schemas.DecideBooking) -> Any:
        rejected = usecases.reject_booking(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return views.booking(rejected, call.profile)

    @command(schemas.BookingIdSchema, schemas.BookingView)
    def cancel_booking(self, call: Call, wanted: schemas.DecideBooking) -> Any:
        cancelled = usecases.cancel_booking(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return views.booking(cancelled, call.profile)

    @query(schemas.BookingIdSchema, schemas.BookingView)
    def get_booking(self, call: Call, wanted: schemas.DecideBooking) -> Any:
        found = queries.booking(call.session, wanted.booking_id)
        if found is None:
            raise NotFound("There is no such booking.")
        access.require_own(call.actor, found)
        return views.booking(found, call.profile)

    @query(schemas.FindBookingsSchema, schemas.BookingPage)
    def list_bookings(self, call: Call, wanted: schemas.FindBookings) -> Any:
        access.require_person(call.actor)
        found = queries.find_bookings(call.session, wanted, actor=call.actor, all_of_them=access.is_staff(call.actor))
        return views.page(found, wanted.limit, call.profile)

    @query(schemas.BookingIdSchema, schemas.DecisionList)
    def list_decisions(self, call: Call, wanted: schemas.DecideBooking) -> Any:
        access.require_staff(call.actor)
        return {"items": queries.decisions(call.session, wanted.booking_id)}

    @query(schemas.NothingSchema, schemas.SpaceList)
    def list_spaces(self, call: Call, _: Any) -> Any:
        return {"items": [views.space(each, call.context.locale) for each in call.profile.spaces.values()]}

    @query(schemas.ShowTimelineSchema, schemas.TimelineView)
    def get_timeline(self, call: Call, wanted: schemas.ShowTimeline) -> Any:
        days = queries.timeline(call.session, wanted, rules=call.profile)
        return views.timeline(wanted.space_id, days, actor=call.actor, locale=call.context.locale, rules=call.profile)

    @query(schemas.NothingSchema, schemas.TodayView)
    def get_today(self, call: Call, _: Any) -> Any:
        today = call.now.astimezone(call.profile.centre.zone).date()
        found = queries.on_day(call.session, today, rules=call.profile)
        return views.today(call.now, found, actor=call.actor, locale=call.context.locale, rules=call.profile)

    @query(schemas.SearchAvailabilitySchema, schemas.AvailabilityList)
    def search_availability(self, call: Call, wanted: schemas.SearchAvailability) -> Any:
        staff = access.is_staff(call.actor)
        found = queries.search_availability(call.session, wanted, rules=call.profile, staff=staff, now=call.now)
        return views.availability(found, call.context.locale)
