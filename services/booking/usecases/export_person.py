"""Export the data of a person."""

from __future__ import annotations

from services.booking.contract import people as contract
from services.booking.contract.vocabulary import Action
from services.booking.models import Decision
from services.booking.queries import personal
from services.booking.queries.answers import BookingCall, booking_answers, snapshot
from services.booking.usecases import access


def export_person(call: BookingCall, request: contract.ExportPerson) -> contract.PersonExport:
    """Raises Forbidden, Invalid for the cursor."""
    person_id = access.require_data_subject(call.actor, request.person_id)
    page = personal.find_personal(call.session, person_id, request)
    zone = call.profile.centre.zone
    bans = [each.ban_until for each in page.penalties if each.ban_until and each.ban_until > call.now]
    return contract.PersonExport(
        person_id=person_id,
        bookings=[
            contract.ExportedBooking.of(
                each, zone, decisions=[_decision(call, one, person_id) for one in page.about[each.id]]
            )
            for each in booking_answers(call, page.bookings)
        ],
        decisions=[contract.MadeDecision.of(each, zone, action=Action(each.action)) for each in page.made],
        penalties=[contract.Penalty.of(each, zone) for each in page.penalties],
        banned_until=max(bans).astimezone(zone) if bans else None,
        closures=[contract.DeclaredClosure.of(each, zone, closure_id=each.id) for each in page.closures],
        has_calendar_address=page.has_calendar_address,
        next_cursor=str(page.more) if page.more else None,
    )


def _decision(call: BookingCall, row: Decision, person_id: str) -> contract.OwnDecision:
    return contract.OwnDecision.of(
        row,
        call.profile.centre.zone,
        action=Action(row.action),
        own=row.actor_id == person_id,
        before=snapshot(row.before),
        after=snapshot(row.after),
    )
