"""The query of the search for a free space: its equipment and recurrence are written as text."""

from __future__ import annotations

from services.booking.contract.bookings import MOST_ATTENDEES
from services.chassis.fields import Moment
from services.gateway.api.fields import Count, Text
from services.gateway.api.schemas.bases import EndsAfterItStarts
from services.gateway.api.schemas.equipment import QuantityList


class SearchAvailability(EndsAfterItStarts):
    start = Moment(required=True)
    end = Moment(required=True)
    attendees = Count(least=1, most=MOST_ATTENDEES)
    equipment = QuantityList(metadata={"description": "Quantities by id"})
    rrule = Text(
        most=500, metadata={"description": "As of a booking's recurrence", "examples": ["FREQ=WEEKLY;COUNT=6"]}
    )
