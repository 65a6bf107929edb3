"""Whether fees are right, however a tenant's free hours are spread over bookings of one application."""

from collections.abc import Sequence
from datetime import date

from tests.service.booking.paper.centre import FREE_MINUTES, WAIVED, WON_PER_HOUR, local_day
from tests.service.booking.paper.entries import Entry

TENANT = "tenant"
TENANT_FROM, TENANT_UNTIL = date(2020, 3, 1), date(2020, 4, 10)


def faults(charged: Sequence[Entry], others: Sequence[Entry]) -> list[str]:
    """charged: as they were charged at once. others: all that stands besides."""
    found = [f"fee of {each.id}: {each.fee}" for each in charged if each.fee != fee(each)]
    for month in {each.month for each in charged}:
        free = [each for each in charged if each.month == month and has_allowance(each)]
        used = sum(each.free_minutes for each in others if each.party == TENANT and each.month == month and each.counts)
        wanted = sum(minutes(each) for each in free)
        given = sum(each.free_minutes for each in charged if each.month == month)
        if given != min(wanted, max(0, FREE_MINUTES - used)):
            found.append(f"free minutes in {month}: {given}")
    return found


def has_allowance(entry: Entry) -> bool:
    tenant = entry.group == TENANT and TENANT_FROM <= local_day(entry.start) < TENANT_UNTIL
    return entry.is_rental and tenant and entry.space == "meeting"


def minutes(entry: Entry) -> int:
    return int((entry.end - entry.start).total_seconds() // 60)


def fee(entry: Entry) -> int:
    """With the free minutes that it was given."""
    if not entry.is_rental:
        return 0
    whole = WON_PER_HOUR[entry.space] * (minutes(entry) - entry.free_minutes) // 60
    return whole * (100 - WAIVED.get(entry.ground, 0)) // 100
