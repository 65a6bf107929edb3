"""What comes over bookings: time, closures, and the sessions of courses."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from services.booking import usecases
from services.booking.contract import closures as commands
from services.booking.schemas import heard
from services.centre.vocabulary import Field
from services.chassis.context import Actor
from services.chassis.events import Received
from tests.people import STAFF
from tests.service.booking import wishes
from tests.service.booking.desk import Desk, is_staff
from tests.service.booking.paper.centre import SEOUL
from tests.service.booking.paper.entries import Entry

ENDS = datetime(2020, 8, 1, tzinfo=SEOUL)
"""Time does not go on beyond this, so that every date is one whose holidays the paper knows."""
BATCH = 2
"""So many bookings fall in one batch of a closure; the machine's test sees to it."""
SESSIONS = ["session-1", "session-2"]

some_bookings = precondition(lambda self: self.book.entries)
some_closures = precondition(lambda self: self.book.closures)


class Circumstances(Desk):
    # --- time

    @some_bookings
    @rule(pick=wishes.picks, jump=wishes.jumps, unseen=wishes.seldom)
    def time_passes(self, pick: int, jump: str, unseen: bool) -> None:
        self.go_on(self.moment(self.pick(pick, "pending", "approved"), jump))
        if not unseen:
            self.timers_look()

    def go_on(self, moment: datetime) -> None:
        self.book.now = min(ENDS, max(self.book.now, moment))

    @rule()
    def timers_look(self) -> None:
        self.until_done(usecases.expire_bookings)
        self.book.expire()
        self.until_done(usecases.release_no_shows)
        self.book.release_no_shows()

    def moment(self, entry: Entry, jump: str) -> datetime:
        quarter = timedelta(minutes=15)
        return {
            "hour": self.book.now + timedelta(hours=1),
            "day": self.book.now + timedelta(days=1),
            "two days": self.book.now + timedelta(days=2),
            "early": entry.start - quarter - timedelta(seconds=1),
            "opens": entry.start - quarter,
            "starts": entry.start,
            "last minute": entry.start + quarter - timedelta(seconds=1),
            "missed": entry.start + quarter,
            "undecided": entry.decide_by or self.book.now,
        }[jump]

    # --- closures

    @rule(
        who=wishes.mostly_staff,
        days=st.sampled_from([0, 7, 8, 9, 10]),
        start=st.sampled_from(wishes.hours[9:15]),
        hours=st.sampled_from([0, 1, 1, 2, 3]),
        space=st.sampled_from([None, *wishes.SPACES]),
    )
    def close(self, who: Actor, days: int, start: timedelta, hours: int, space: str | None) -> None:
        since = self.midnight() + timedelta(days=days) + start
        until = since + timedelta(hours=hours)
        command = commands.DeclareClosure(start=since, to=until, reason="수리", space_ids=[space] if space else None)
        codes, closure = self.clerk.do(usecases.declare_closure, command, actor=who, now=self.book.now)
        if not is_staff(who):
            assert codes == {"forbidden"}
        else:
            assert codes == ({"invalid"} if hours == 0 or until <= self.book.now else set())
        if not codes:
            self.book.shut(closure.id, since, until, [space] if space else [])

    @some_closures
    @rule(pick=wishes.picks, hours=st.sampled_from([0, 1, 3, 24, -1, -2]))
    def move_closure(self, pick: int, hours: int) -> None:
        shut = self.pick_closure(pick)
        end = shut.end + timedelta(hours=hours)
        codes, _ = self.clerk.do(
            usecases.change_closure, commands.ChangeClosure(closure_id=shut.id, to=end), actor=STAFF, now=self.book.now
        )
        assert codes == self.book.would_move(shut, end)
        if not codes:
            shut.settled = shut.settled and end <= shut.end
            shut.end = end

    @some_closures
    @rule(pick=wishes.picks)
    def lift_closure(self, pick: int) -> None:
        shut = self.pick_closure(pick)
        codes, _ = self.clerk.do(
            usecases.lift_closure, commands.LiftClosure(closure_id=shut.id), actor=STAFF, now=self.book.now
        )
        assert codes == ({"illegal_transition"} if shut.lifted or shut.end <= self.book.now else set())
        if not codes:
            shut.lifted = shut.settled = True

    @some_closures
    @rule(batches=st.sampled_from([1, 2, 100]))
    def settle(self, batches: int) -> None:
        for _ in range(batches):
            _, more = self.clerk.do(usecases.settle_closures, now=self.book.now)
            assert more == self.book.settle(BATCH)
            if not more:
                return

    # --- course sessions

    @rule(session_id=st.sampled_from(SESSIONS), later=st.sampled_from([1, 1, 1, -1]), wish=wishes.applications)
    def plan_session(self, session_id: str, later: int, wish: dict[str, Any]) -> None:
        wanted = self.wished(wish, "course")
        wanted.purpose, wanted.equipment, wanted.ground, wanted.status = "education", {}, None, "approved"
        plan = heard.PlannedSession(
            session_id, wanted.space, wanted.start, wanted.end, wanted.title, wanted.attendees, Field.BOTH
        )
        if not self.heard(usecases.plan_course_room, session_id, later, plan):
            return
        codes = self.book.refusals([wanted])
        wanted.id = self.clerk.granted(session_id) or ""
        assert bool(wanted.id) == (not codes)
        self.book.sessions[session_id] = (self.book.sessions[session_id][0], wanted.id or None)
        if codes:
            told = self.clerk.last_event()["data"]["refusals"]
            assert {refusal["code"] for refusal in told} == codes
        else:
            self.book.enter([wanted])

    @rule(session_id=st.sampled_from(SESSIONS), later=st.sampled_from([1, 1, 1, -1]))
    def cancel_session(self, session_id: str, later: int) -> None:
        if self.heard(usecases.release_course_room, session_id, later, heard.SessionId(session_id)):
            self.book.sessions[session_id] = (self.book.sessions[session_id][0], None)

    def heard(self, usecase: Any, session_id: str, later: int, told: Any) -> bool:
        """False: it came too late to count."""
        known, booking_id = self.book.sessions.get(session_id, (0, None))
        sequence = known + later
        event = Received("e", "t", "/madang/training", session_id, sequence, self.book.now, told)
        self.clerk.do(usecase, event, now=self.book.now)
        if sequence < known:
            return False
        self.book.give_back(session_id)
        self.book.sessions[session_id] = (sequence, booking_id)
        return True
