"""Spaces, and their days."""

from __future__ import annotations

from services.booking.contract import spaces as contract
from services.booking.queries import timeline
from services.booking.queries.answers import (
    BookingCall,
    day_answer,
    entry_answers,
    equipment_answer,
    exemption_answer,
    space_answer,
)


def list_spaces(call: BookingCall, _: contract.ListSpaces) -> contract.SpaceList:
    rules, locale = call.profile, call.context.locale
    return contract.SpaceList(
        items=[space_answer(each, locale) for each in rules.spaces.values()],
        equipment=[equipment_answer(each, locale) for each in rules.equipment.values()],
        exemptions=[exemption_answer(each, locale) for each in rules.exemptions.values()],
    )


def get_timeline(call: BookingCall, request: contract.GetTimeline) -> contract.Timeline:
    """Raises NotFound."""
    days = timeline.timeline(call.session, request, rules=call.profile)
    return contract.Timeline(
        space_id=request.space_id,
        zone=call.profile.centre.zone.key,
        days=[day_answer(call, day, bookings) for day, bookings in days],
    )


def get_today(call: BookingCall, _: contract.GetToday) -> contract.Today:
    centre, locale = call.profile.centre, call.context.locale
    now = call.now.astimezone(centre.zone)
    by_space = timeline.on_day(call.session, now.date(), rules=call.profile)
    return contract.Today.of(
        day_answer(call, now.date()),
        centre.zone,
        now=now,
        zone=centre.zone.key,
        centre=centre.names.get(locale, centre.names["en"]),
        opens_next=centre.next_opening(now),
        spaces=[
            contract.SpaceToday(
                space=space_answer(call.profile.space(space_id), locale), entries=entry_answers(call, bookings)
            )
            for space_id, bookings in by_space.items()
        ],
    )
