"""Which rules speak against what somebody wishes."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta

from tests.service.booking.paper import centre
from tests.service.booking.paper.entries import Entry, Shut


class Standing:
    """All that stands in the book."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.closures: dict[str, Shut] = {}
        self.banned_until: dict[str, object] = {}

    def refusals(self, wanted: Sequence[Entry], apart: Collection[str] = ()) -> set[str]:
        """apart: entries in whose place the wanted ones come."""
        others = [entry for entry in self.entries.values() if entry.id not in apart]
        codes = set(_over_quota(wanted, others))
        for each in wanted:
            codes |= {*_of_time(each), *_of_people(each), *self._ban(each)}
            if any(shut.touches(each) for shut in self.closures.values() if not shut.lifted):
                codes.add("closure")
            if _is_short(each, others):
                codes.add("equipment_short")
        if _collide(wanted, others):
            codes.add("slot_taken")
        return codes

    def _ban(self, wanted: Entry) -> Iterator[str]:
        until = self.banned_until.get(wanted.person)
        if wanted.is_rental and until is not None and until > wanted.applied_at:
            yield "banned"


def too_late(entry: Entry) -> bool:
    return entry.is_rental and entry.days_from(entry.applied_at) < 7


def too_early(entry: Entry) -> bool:
    last = centre.month_later(centre.local_day(entry.applied_at))
    return entry.is_rental and centre.local_day(entry.start) > last


def _of_time(entry: Entry) -> Iterator[str]:
    begins = entry.start.astimezone(centre.SEOUL)
    if begins.minute or (entry.end - entry.start) % timedelta(hours=1):
        yield "not_an_hour_unit"
    if not entry.is_rental:
        return
    for moment in map(centre.moment_of, entry.ticks):
        if centre.is_closed(moment.date()):
            yield "centre_closed"
        elif centre.is_outside_hours(moment):
            yield "outside_hours"


def _of_people(entry: Entry) -> Iterator[str]:
    if entry.attendees > centre.CAPACITY[entry.space]:
        yield "over_capacity"
    if entry.attendees < 3:
        yield "too_few_attendees"
    if entry.purpose in centre.FORBIDDEN:
        yield "forbidden_purpose"


def _over_quota(wanted: Sequence[Entry], others: Sequence[Entry]) -> Iterator[str]:
    used = Counter((entry.party, entry.month) for entry in others if entry.counts)
    new = Counter((entry.party, entry.month) for entry in wanted if entry.is_rental)
    if any(used[place] + new[place] > centre.QUOTA for place in new):
        yield "quota_exceeded"


def _is_short(wanted: Entry, others: Sequence[Entry]) -> bool:
    around = [entry for entry in others if entry.is_live and entry.equipment]
    return any(
        quantity + sum(entry.equipment.get(piece, 0) for entry in around if tick in entry.ticks)
        > centre.QUANTITY[piece]
        for piece, quantity in wanted.equipment.items()
        for tick in wanted.ticks
    )


def _collide(wanted: Sequence[Entry], others: Sequence[Entry]) -> bool:
    """With others, or among themselves."""
    taken = set().union(*(entry.takes for entry in others if entry.is_live))
    for entry in wanted:
        if entry.takes & taken:
            return True
        taken |= entry.takes
    return False
