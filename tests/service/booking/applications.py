"""What people do with bookings, at the counter and on paper."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from services.booking import usecases
from services.booking.contract import bookings as commands
from services.booking.contract.vocabulary import RejectReason, Scope
from services.chassis.context import Actor
from tests.service.booking import wishes
from tests.service.booking.calls import request_of
from tests.service.booking.desk import Desk, is_staff, particulars_of
from tests.service.booking.paper.book import occurrences
from tests.service.booking.paper.charging import TENANT
from tests.service.booking.paper.entries import Entry

some_bookings = precondition(lambda self: self.book.entries)


class Applications(Desk):
    # --- applications

    @initialize(first=st.lists(st.tuples(wishes.people, wishes.plain), min_size=2, max_size=8))
    def begins(self, first: list[tuple[Actor, dict[str, Any]]]) -> None:
        """The rooms are not empty when it begins."""
        for who, wish in first:
            self.request(who, wish, None, None)

    @rule(who=wishes.people, wish=wishes.applications)
    def request_once(self, who: Actor, wish: dict[str, Any]) -> None:
        self.request(who, wish, None, None)

    @rule(who=wishes.people, wish=wishes.applications, again=st.none() | wishes.recurrences)
    def request_for_group(self, who: Actor, wish: dict[str, Any], again: tuple[str, int] | None) -> None:
        self.request(who, wish, again, TENANT)

    @rule(who=wishes.people, wish=wishes.plain, again=wishes.recurrences)
    def request_series(self, who: Actor, wish: dict[str, Any], again: tuple[str, int]) -> None:
        self.request(who, wish, again, None)

    def request(self, who: Actor, wish: dict[str, Any], again: tuple[str, int] | None, group: str | None) -> None:
        first = self.wished(wish, "staff_event" if is_staff(who) else "rental")
        first.person, first.group = who.id, group
        rrule = f"FREQ={again[0]};COUNT={again[1]}" if again else None
        command = request_of(first.space, first.start, first.end, particulars_of(first), group, rrule)
        wanted = [first]
        if again:
            series = len(self.book.entries) + 1
            moments = occurrences(first.start, *again)
            length = first.end - first.start
            wanted = [replace(first, start=at, end=at + length, series=series, planned_start=at) for at in moments]
        allowed = group is None or group in who.orgs or is_staff(who)
        expected = self.book.would_request(wanted) if allowed else {"forbidden"}
        codes, made = self.clerk.do(usecases.request_booking, command, actor=who, now=self.book.now)
        assert codes == expected
        if not codes:
            self.enter(self.book.requested(wanted), made)

    @some_bookings
    @rule(role=wishes.roles, pick=wishes.picks, scope=wishes.scopes, shift=wishes.shifts, stretch=wishes.stretches)
    def move(self, role: str, pick: int, scope: str, shift: timedelta, stretch: timedelta) -> None:
        self.change(role, pick, scope, {}, shift, stretch, False)

    @some_bookings
    @rule(role=wishes.roles, pick=wishes.picks, scope=wishes.scopes, what=wishes.changes)
    def rewrite(self, role: str, pick: int, scope: str, what: dict[str, Any]) -> None:
        self.change(role, pick, scope, what, timedelta(), timedelta(), False)

    @some_bookings
    @rule(
        role=wishes.roles,
        pick=wishes.picks,
        scope=wishes.scopes,
        what=wishes.changes,
        shift=wishes.shifts,
        stretch=wishes.stretches,
        stale=wishes.seldom,
    )
    def change(
        self,
        role: str,
        pick: int,
        scope: str,
        what: dict[str, Any],
        shift: timedelta,
        stretch: timedelta,
        stale: bool,
    ) -> None:
        entry = self.pick(pick, "pending", "approved")
        who = self.acting(role, entry)
        command = commands.ChangeBooking(
            booking_id=entry.id,
            scope=Scope(scope),
            version=-1 if stale else None,
            space_id=what.get("space"),
            start=entry.start + shift,
            end=entry.end + shift + stretch,
            **{name: value for name, value in what.items() if name != "space"},
        )
        able = self.book.able(entry, scope, "change")
        expected, changed = self.would_change(who, entry, able, stale, what, shift, stretch)
        codes, made = self.clerk.do(usecases.change_booking, command, actor=who, now=self.book.now)
        assert codes == expected
        if not codes:
            self.enter(self.book.kept_decided(changed) if is_staff(who) else self.book.decided_anew(changed), made)

    def would_change(
        self,
        who: Actor,
        entry: Entry,
        able: list[Entry],
        stale: bool,
        what: dict[str, Any],
        shift: timedelta,
        stretch: timedelta,
    ) -> tuple[set[str], list[Entry]]:
        if not self.may(who, entry):
            return {"not_found"}, []
        if not able:
            return {"illegal_transition"}, []
        if stale:
            return {"stale_version"}, []
        changed = self.book.changed(able, shift, shift + stretch, **what)
        if any(each.start >= each.end for each in changed):
            return {"invalid"}, []
        return self.book.judged_again(changed), changed

    # --- decisions

    @some_bookings
    @rule(who=wishes.mostly_staff, pick=wishes.picks, scope=wishes.scopes)
    def approve_some(self, who: Actor, pick: int, scope: str) -> None:
        self.approve(who, self.pick(pick, "pending"), scope)

    def approve(self, who: Actor, entry: Entry, scope: str) -> None:
        able = self.book.able(entry, scope, "approve")
        expected = decided_by(who, able) or self.book.judged_again(able)
        command = commands.ApproveBooking(booking_id=entry.id, scope=Scope(scope))
        codes, _ = self.clerk.do(usecases.approve_booking, command, actor=who, now=self.book.now)
        assert codes == expected
        if not codes:
            self.book.approve(able)

    @some_bookings
    @rule(who=wishes.mostly_staff, pick=wishes.picks, scope=wishes.scopes)
    def reject(self, who: Actor, pick: int, scope: str) -> None:
        entry = self.pick(pick, "pending")
        able = self.book.able(entry, scope, "reject")
        command = commands.RejectBooking(booking_id=entry.id, reason_code=RejectReason.INCOMPLETE, scope=Scope(scope))
        codes, _ = self.clerk.do(usecases.reject_booking, command, actor=who, now=self.book.now)
        assert codes == decided_by(who, able)
        if not codes:
            self.book.reject(able)

    @some_bookings
    @rule(
        role=wishes.roles,
        pick=wishes.picks,
        scope=wishes.scopes,
        force_majeure=wishes.seldom,
    )
    def cancel(self, role: str, pick: int, scope: str, force_majeure: bool) -> None:
        entry = self.pick(pick, "pending", "approved")
        who = self.acting(role, entry)
        able = self.book.able(entry, scope, "cancel")
        command = commands.CancelBooking(booking_id=entry.id, scope=Scope(scope), force_majeure=force_majeure)
        codes, _ = self.clerk.do(usecases.cancel_booking, command, actor=who, now=self.book.now)
        if not self.may(who, entry):
            assert codes == {"not_found"}
        elif force_majeure and not is_staff(who):
            assert codes == {"forbidden"}
        else:
            assert codes == (set() if able else {"illegal_transition"})
        if not codes:
            self.book.cancel(able, force_majeure=force_majeure)

    @some_bookings
    @rule(role=wishes.roles, pick=wishes.picks)
    def check_in(self, role: str, pick: int) -> None:
        entry = self.pick(pick, "approved")
        who = self.acting(role, entry)
        codes, _ = self.clerk.do(usecases.check_in, commands.CheckIn(booking_id=entry.id), actor=who, now=self.book.now)
        if not self.may(who, entry):
            assert codes == {"not_found"}
        else:
            assert codes == (set() if self.book.may_check_in(entry) else {"illegal_transition"})
        if not codes:
            entry.status = "checked_in"


def decided_by(who: Actor, able: list[Entry]) -> set[str]:
    if not is_staff(who):
        return {"forbidden"}
    return set() if able else {"illegal_transition"}
