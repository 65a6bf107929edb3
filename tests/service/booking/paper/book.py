"""What people do to the book. Each deed answers with the codes of what speaks against it; none: it is done.

A deed that writes bookings which get their ids and their share of an allowance elsewhere is done in two steps: `may_…`
or `would_…`, then `enter`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tests.service.booking.paper.centre import (
    ALL_ROOMS,
    ROOMS,
    SEOUL,
    local_day,
    percent_back,
    two_business_days_after,
)
from tests.service.booking.paper.entries import Entry, Shut
from tests.service.booking.paper.judging import Standing, too_early, too_late

NEXT = {
    "approve": {"pending"},
    "reject": {"pending"},
    "cancel": {"pending", "approved"},
    "change": {"pending", "approved"},
}


class Book(Standing):
    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now
        self.points: dict[str, list[datetime]] = {}
        self.sessions: dict[str, tuple[int, str | None]] = {}

    # --- which

    def meant(self, entry: Entry, scope: str) -> list[Entry]:
        if entry.series is None or scope == "this":
            return [entry]
        series = [each for each in self.entries.values() if each.series == entry.series]
        return [each for each in series if scope == "all" or each.planned_start >= entry.planned_start]

    def able(self, entry: Entry, scope: str, deed: str) -> list[Entry]:
        return [each for each in self.meant(entry, scope) if each.status in NEXT[deed] and each.start > self.now]

    # --- applications

    def would_request(self, wanted: Sequence[Entry]) -> set[str]:
        codes = self.refusals(wanted)
        if too_late(wanted[0]):
            codes.add("too_late")
        if too_early(wanted[0]):
            codes.add("too_early")
        return codes

    def requested(self, wanted: Sequence[Entry]) -> list[Entry]:
        """Of one application: they are decided upon together."""
        by = min(two_business_days_after(self.now), wanted[0].start)
        rental = wanted[0].is_rental
        status = "pending" if rental else "approved"
        return [replace(each, status=status, counts=rental, decide_by=by if rental else None) for each in wanted]

    def judged_again(self, wanted: Sequence[Entry]) -> set[str]:
        """As of when each was applied for; the later dates of a series may lie beyond the window."""
        codes = self.refusals(wanted, apart={each.id for each in wanted})
        if any(map(too_late, wanted)):
            codes.add("too_late")
        if any(too_early(each) for each in wanted if each.series is None):
            codes.add("too_early")
        return codes

    def changed(self, entries: Sequence[Entry], start: timedelta, end: timedelta, **other: object) -> list[Entry]:
        changed = []
        for each in entries:
            become = replace(each, **other, start=each.start + start, end=each.end + end)
            if start or end or become.space != each.space:
                become.applied_at = self.now
            changed.append(become)
        return changed

    def decided_anew(self, changed: Sequence[Entry]) -> list[Entry]:
        return [
            replace(each, status="pending", decide_by=min(two_business_days_after(self.now), each.start))
            for each in changed
        ]

    def kept_decided(self, changed: Sequence[Entry]) -> list[Entry]:
        return [
            replace(each, decide_by=min(each.decide_by, each.start) if each.decide_by else None) for each in changed
        ]

    def enter(self, entries: Sequence[Entry]) -> None:
        self.entries |= {each.id: each for each in entries}

    # --- decisions

    def approve(self, entries: Sequence[Entry]) -> None:
        for each in entries:
            each.status, each.decide_by = "approved", None

    def give_up(self, entry: Entry, status: str, *, refund: int, counts: bool) -> None:
        entry.status, entry.refund, entry.counts, entry.decide_by = status, refund, counts, None

    def reject(self, entries: Sequence[Entry]) -> None:
        for each in entries:
            self.give_up(each, "rejected", refund=each.fee, counts=False)

    def cancel(self, entries: Sequence[Entry], *, force_majeure: bool) -> None:
        for each in entries:
            percent = 100 if force_majeure else percent_back(local_day(each.start), local_day(self.now))
            self.give_up(
                each,
                "cancelled",
                refund=each.fee * percent // 100,
                counts=each.is_rental and percent == 0,
            )

    def may_check_in(self, entry: Entry) -> bool:
        early = timedelta(minutes=15)
        return entry.status == "approved" and entry.start - early <= self.now < entry.start + early

    # --- what the clock brings

    def expire(self) -> None:
        for each in self.entries.values():
            if each.status == "pending" and each.decide_by <= self.now:
                self.give_up(each, "expired", refund=each.fee, counts=False)

    def release_no_shows(self) -> None:
        for each in sorted(self.entries.values(), key=lambda entry: entry.start):
            missed_at = each.start + timedelta(minutes=15)
            if each.status == "approved" and each.is_rental and missed_at <= self.now:
                self.give_up(each, "no_show", refund=0, counts=True)
                self._point(each.person, missed_at)

    def _point(self, person: str, at: datetime) -> None:
        """The third within 90 days brings a ban of 30."""
        points = self.points.setdefault(person, [])
        points.append(at)
        if sum(at - timedelta(days=90) <= point <= at for point in points) >= 3:
            before = self.banned_until.get(person, at)
            self.banned_until[person] = max(before, at + timedelta(days=30))

    # --- closures

    def shut(self, closure_id: str, start: datetime, end: datetime, spaces: Sequence[str]) -> None:
        rooms = set().union(*(ROOMS[space] for space in spaces)) if spaces else set(ALL_ROOMS)
        self.closures[closure_id] = Shut(closure_id, start, end, rooms)

    def would_move(self, shut: Shut, end: datetime) -> set[str]:
        if shut.lifted or shut.end <= self.now:
            return {"illegal_transition"}
        return {"invalid"} if end != shut.end and end <= max(shut.start, self.now) else set()

    def settle(self, most: int) -> bool:
        """One batch of the oldest closure that has any left. False: there was no such closure."""
        unsettled = sorted((each for each in self.closures.values() if not each.settled), key=lambda each: each.id)
        if not unsettled:
            return False
        shut = unsettled[0]
        batch = sorted((each for each in self.entries.values() if self._falls(each, shut)), key=lambda each: each.id)
        shut.settled = not batch
        for each in batch[:most]:
            self.give_up(each, "cancelled", refund=each.fee, counts=False)
            each.closure = shut.id
        return True

    def _falls(self, entry: Entry, shut: Shut) -> bool:
        held_until = max(end for _, _, _, end in entry.holds)
        return entry.status in {"pending", "approved"} and shut.touches(entry) and held_until > self.now

    # --- course sessions

    def give_back(self, session_id: str) -> None:
        _, booking_id = self.sessions.get(session_id, (0, None))
        entry = self.entries.get(booking_id or "")
        if entry is not None and entry.status in {"pending", "approved"}:
            self.give_up(entry, "cancelled", refund=0, counts=False)


def occurrences(start: datetime, frequency: str, count: int) -> list[datetime]:
    """Daily, weekly, or monthly on the day of the month; months that have no such day are left out."""
    if frequency != "MONTHLY":
        step = timedelta(days=1 if frequency == "DAILY" else 7)
        return [start + number * step for number in range(count)]
    found, month = [], start.astimezone(SEOUL)
    number = 0
    while len(found) < count:
        year, place = divmod(month.year * 12 + month.month - 1 + number, 12)
        number += 1
        try:
            found.append(month.replace(year=year, month=place + 1))
        except ValueError:
            continue  # such a day is not in this month
    return found
