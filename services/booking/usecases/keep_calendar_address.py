"""The secret address of a person's calendar feed. Anybody who knows it can read the feed, so it can be replaced and
revoked.
"""

from __future__ import annotations

import secrets

from sqlalchemy import delete

from services.booking.contract import calendars as contract
from services.booking.models import CalendarKey
from services.booking.queries.answers import BookingCall
from services.booking.queries.calendar import digest_of
from services.chassis import roles
from services.chassis.db import affected
from services.chassis.errors import NotFound
from services.chassis.i18n import msgid

SECRET_BYTES = 32


def create_calendar_address(call: BookingCall, _: contract.CreateCalendarAddress) -> contract.CalendarSecret:
    """Replace the person's secret. It cannot be sent again, since only its hash is stored. Raises Forbidden."""
    roles.require_person(call.actor)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    call.session.merge(CalendarKey(person_id=call.actor.id, digest=digest_of(secret)))
    return contract.CalendarSecret(secret=secret)


def revoke_calendar_address(call: BookingCall, _: contract.RevokeCalendarAddress) -> None:
    """Raises Forbidden, NotFound."""
    roles.require_person(call.actor)
    if not affected(call.session, delete(CalendarKey).where(CalendarKey.person_id == call.actor.id)):
        raise NotFound(msgid("You have no calendar address."))
