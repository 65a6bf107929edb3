"""Rooms of sessions, between training and booking: two real processes, a bad line, kills, and hours that pass.

`python -m tests.faults.room_saga [sessions] [seed]`: 500 sessions unless told otherwise, each with a story of its own,
50 at a time, mixed at random. While a batch is at it something strikes. Afterwards both sides are compared.
The test suite runs it with fewer.
"""

from __future__ import annotations

import itertools
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from services.chassis.errors import IllegalTransition
from tests import servers
from tests.faults.bad_line import BadLine
from tests.people import STAFF
from tests.system.deployment import CLOCK, Deployment
from tests.waiting import wait_until

SESSIONS, AT_ONCE = 500, 50
ROOMS = ("edu-1", "edu-2", "meeting")
FIRST_DAY = datetime.fromisoformat("2020-04-20T09:00:00+09:00")
PATIENCE = 240.0
"""Seconds, for a process to start and for everything to settle. So much is the clock of a process ahead that is started
again: time never goes back for what is due.
"""

STORIES: dict[str, tuple[str, ...]] = {
    "left alone": ("plan",),
    "room is taken": ("take", "plan"),
    "taken, then moved": ("take", "plan", "move", "move"),
    "cancelled": ("plan", "cancel"),
    "course cancelled": ("plan", "cancel_course"),
    "cancelled, then moved": ("plan", "cancel", "move"),
    "moved, then cancelled": ("plan", "cancel", "move", "cancel"),
    "closed": ("plan", "close"),
    "closed, then moved": ("plan", "close", "move", "move"),
    "closed and cancelled": ("plan", "close", "cancel"),
}
"""What staff do about a session. A move is there for one that was refused or cancelled; nothing comes of another."""
NEEDS_BOOKING = {"take", "close"}


@dataclass
class Run:
    """A session. what was done about it; what its room is, as far as anybody but training and booking knows."""

    number: int
    story: str
    course_id: str = ""
    session_id: str = ""
    given_up: bool = False
    taken: bool = False
    closed: bool = False
    missed: bool = False
    room: str = ""
    start: datetime = FIRST_DAY
    left: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.left = list(STORIES[self.story])

    @property
    def period(self) -> dict[str, str]:
        return {"start": self.start.isoformat(), "end": (self.start + timedelta(hours=1)).isoformat()}

    @property
    def legal(self) -> set[str]:
        """The states in which it may end."""
        if self.given_up:
            return {"cancelled"}
        if self.closed:
            return {"cancelled", "refused"}
        if self.taken:
            return {"refused"}
        return {"confirmed", "refused"} if self.missed else {"confirmed"}


@dataclass
class Saga:
    """missed: hours pass in which no answer may come, so that a session may be without a room."""

    deployment: Deployment
    line: BadLine
    random: random.Random
    began: float = field(default_factory=time.monotonic)
    skipped: timedelta = timedelta(0)
    runs: list[Run] = field(default_factory=list)
    strikes: Counter[str] = field(default_factory=Counter)
    slots: int = 0

    def go(self, sessions: int, strikes: Sequence[str] = (), at_once: int = AT_ONCE) -> None:
        """strikes: of each batch in turn, again and again."""
        for strike in itertools.cycle(strikes or STRIKES):
            size = min(at_once, sessions - len(self.runs))
            if not size:
                return
            began = time.monotonic()
            self._batch(size, strike)
            print(f"{strike}, {size} sessions, {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)

    def _batch(self, size: int, strike: str) -> None:
        numbers, stories = range(len(self.runs), len(self.runs) + size), list(STORIES)
        runs = [Run(number, stories[number % len(stories)]) for number in numbers]
        self.runs += runs
        self.strikes[strike] += 1
        with self.deployment.acting(STAFF) as rpc:
            getattr(self, f"_{strike.replace(' ', '_')}")(rpc, runs)
        self.settle()

    # --- what strikes

    def _nothing(self, rpc: Any, runs: list[Run]) -> None:
        self._act(rpc, runs)

    def _booking_killed(self, rpc: Any, runs: list[Run]) -> None:
        self._act(rpc, runs, until=0.6)
        self._end("booking", signal.SIGKILL)
        self._act(rpc, runs, until=0.3, booking=False)
        self._start("booking")
        self._act(rpc, runs)

    def _training_killed(self, rpc: Any, runs: list[Run]) -> None:
        self._act(rpc, runs, until=0.5)
        self._end("training", signal.SIGKILL)
        self._start("training")
        self._act(rpc, runs)

    def _both_killed(self, rpc: Any, runs: list[Run]) -> None:
        self._act(rpc, runs, until=0.5)
        self._end("training", signal.SIGKILL)
        self._end("booking", signal.SIGKILL)
        self._start("booking", "training")
        self._act(rpc, runs)

    def _booking_down_for_an_hour(self, rpc: Any, runs: list[Run]) -> None:
        """It comes back in time: every answer counts."""
        self._without_booking(rpc, runs, timedelta(hours=1))

    def _booking_down_for_three_hours(self, rpc: Any, runs: list[Run]) -> None:
        """Longer than a session waits: what booking grants afterwards it has to take back."""
        for run in runs:
            run.missed = True
        self._without_booking(rpc, runs, timedelta(hours=3))

    def _without_booking(self, rpc: Any, runs: list[Run], length: timedelta) -> None:
        self._act(rpc, runs, until=0.8)
        self._end("booking", signal.SIGTERM)
        self._act(rpc, runs, until=0.3, booking=False)
        self.skipped += length
        self._end("training", signal.SIGTERM)
        self._start("training")
        wait_until(self._nothing_is_overdue)
        self._start("booking")
        self._act(rpc, runs)

    def _nothing_is_overdue(self) -> bool:
        overdue = "SELECT count(*) FROM course_sessions WHERE status = 'awaiting_room' AND answer_by <= :now"
        return bool(self.deployment.sql("training", overdue, now=self._now())[0][0] == 0)

    def _now(self) -> datetime:
        passed = timedelta(seconds=time.monotonic() - self.began)
        return datetime.fromisoformat(CLOCK) + passed + self.skipped

    def _end(self, service: str, how: signal.Signals) -> None:
        for process in self.deployment.of(service):
            process.send(how)
            process.popen.wait(PATIENCE)

    def _start(self, *services: str) -> None:
        self.skipped += timedelta(seconds=PATIENCE)
        self.deployment.start_at(self._now().isoformat())
        self.deployment.start(*services, patience=PATIENCE)
        self.line.cut_in()

    # --- what staff do

    def _act(self, rpc: Any, runs: list[Run], *, until: float = 0.0, booking: bool = True) -> None:
        """One thing after the other of any of the sessions, until no more than this part of all of it is left."""
        whole = sum(len(STORIES[run.story]) for run in runs)
        while sum(len(run.left) for run in runs) > until * whole:
            able = [run for run in runs if run.left and (booking or run.left[0] not in NEEDS_BOOKING)]
            if not able:
                return
            run = self.random.choice(able)
            getattr(self, run.left.pop(0))(rpc, run)
            time.sleep(self.random.choice((0, 0, 0, 0, 0.05, 0.2)))

    def take(self, rpc: Any, run: Run) -> None:
        self._new_slot(run)
        rpc.booking.request_booking(
            space_id=run.room, title="센터 행사", purpose="community", attendees=10, **run.period
        )
        run.taken = True

    def plan(self, rpc: Any, run: Run) -> None:
        if not run.taken:
            self._new_slot(run)
        opens, closes = "2020-03-10T00:00:00+09:00", "2020-04-18T18:00:00+09:00"
        course = rpc.training.create_course(title="협동조합 입문", capacity=10, enrol_from=opens, enrol_until=closes)
        instructor = {"id": f"teacher-{run.number}", "name": "최강사"}
        run.course_id = course["id"]
        planned = {"course_id": run.course_id, "space_id": run.room, "instructor": instructor, **run.period}
        run.session_id = rpc.training.plan_session(**planned)["id"]

    def move(self, rpc: Any, run: Run) -> None:
        before = (run.room, run.start)
        self._new_slot(run)
        if _done(rpc.training.plan_session_again, session_id=run.session_id, space_id=run.room, **run.period):
            run.given_up = run.taken = run.closed = False
        else:
            run.room, run.start = before

    def cancel(self, rpc: Any, run: Run) -> None:
        run.given_up |= _done(rpc.training.cancel_session, session_id=run.session_id)

    def cancel_course(self, rpc: Any, run: Run) -> None:
        run.given_up |= _done(rpc.training.cancel_course, course_id=run.course_id)

    def close(self, rpc: Any, run: Run) -> None:
        period = {"from": run.period["start"], "to": run.period["end"]}
        rpc.booking.declare_closure(reason="방역", space_ids=[run.room], **period)
        run.closed = True

    def _new_slot(self, run: Run) -> None:
        """A room and an hour that nobody else asks for."""
        day, hour = divmod(self.slots // len(ROOMS), 12)
        run.room = ROOMS[self.slots % len(ROOMS)]
        run.start = FIRST_DAY + timedelta(days=day, hours=hour)
        self.slots += 1

    # --- afterwards

    def settle(self) -> None:
        """Until nothing is on its way between the two, and neither has anything to do."""
        calm = 0
        end = time.monotonic() + PATIENCE
        while calm < 3:
            calm = calm + 1 if not self.busy() else 0
            assert time.monotonic() < end, self.busy()
            time.sleep(0.2)

    def busy(self) -> list[str]:
        found = [] if self.line.is_empty else ["the line"]
        queues = servers.rabbitmq().queues(self.deployment.amqp_uri)
        found += [name for name in self.line.queues if queues[name]["messages"]]
        for service in ("booking", "training"):
            for what, statement in LEFT.items():
                if self.deployment.sql(service, statement)[0][0]:
                    found.append(f"{what} of {service}")
        if self.deployment.sql("booking", "SELECT count(*) FROM closures WHERE NOT settled")[0][0]:
            found.append("closures")
        return found


LEFT = {
    "outbox": "SELECT count(*) FROM outbox WHERE published_at IS NULL",
    "inbox": "SELECT count(*) FROM inbox WHERE state = 'waiting'",
}
STRIKES = (
    "booking down for three hours",
    "booking killed",
    "training killed",
    "booking down for an hour",
    "both killed",
    "nothing",
)


@dataclass(frozen=True)
class Count:
    """ends: by story, the state and the reason. orphans: rooms that are held for no confirmed session. roomless:
    confirmed sessions without their room. illegal: sessions in a state in which they may not end. dead: events.
    """

    ends: Counter[tuple[str, str, str]]
    orphans: list[str]
    roomless: list[str]
    illegal: list[str]
    dead: list[str]

    @property
    def states(self) -> Counter[tuple[str, str]]:
        """And reasons."""
        total: Counter[tuple[str, str]] = Counter()
        for (_, state, reason), number in self.ends.items():
            total[state, reason] += number
        return total


def count(saga: Saga) -> Count:
    found = {row.id: row for row in saga.deployment.sql("training", SESSIONS_SAY)}
    assert set(found) == {run.session_id for run in saga.runs}
    rooms = {(row.booking_id, row.space_id, row.starts_at, row.ends_at): row.id for row in found.values()}
    rooms = {room: session_id for room, session_id in rooms.items() if room[0]}
    held = {tuple(row) for row in saga.deployment.sql("booking", ROOMS_SAY)}
    ends = {run.number: found[run.session_id] for run in saga.runs}
    dead = [row.error for each in ("booking", "training") for row in saga.deployment.sql(each, DEAD)]
    return Count(
        ends=Counter((run.story, ends[run.number].status, ends[run.number].reason) for run in saga.runs),
        orphans=[str(room) for room in held - set(rooms)],
        roomless=[session_id for room, session_id in rooms.items() if room not in held],
        illegal=[
            f"{run.number}, {run.story}: {ends[run.number].status}, {ends[run.number].reason}"
            for run in saga.runs
            if ends[run.number].status not in run.legal
        ],
        dead=dead,
    )


SESSIONS_SAY = """
SELECT id, booking_id, space_id, starts_at, ends_at, status, coalesce(reason_code, refusals->0->>'code', '') AS reason
FROM course_sessions
"""
ROOMS_SAY = """
SELECT bookings.id, room_id, holds.starts_at, holds.ends_at
FROM bookings LEFT JOIN holds ON holds.booking_id = bookings.id
WHERE kind = 'course' AND (status = 'approved' OR holds.id IS NOT NULL)
"""
DEAD = "SELECT error FROM inbox WHERE state = 'dead'"


@contextmanager
def saga(directory: Path, *, seed: int, loses: Collection[str] = ()) -> Iterator[Saga]:
    deployment = Deployment(directory)
    line = BadLine(deployment.amqp_uri, ("booking", "training"), seed=seed, loses=loses)
    try:
        deployment.start("booking", "training", patience=PATIENCE)
        line.start()
        yield Saga(deployment, line, random.Random(seed))
    finally:
        line.stop()
        deployment.stop()


def _done(call: Any, **given: Any) -> bool:
    """Whether it was. It may be too early for it, or too late."""
    try:
        call(**given)
    except IllegalTransition:
        return False
    return True


def main() -> None:
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else SESSIONS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as directory, saga(Path(directory), seed=seed) as told:
        began = time.perf_counter()
        told.go(sessions)
        found = count(told)
    print(f"{sessions} sessions in {time.perf_counter() - began:.0f} s, {dict(told.strikes)}")
    print(f"{sum(told.line.carried.values())} events carried")
    for (story, state, reason), number in sorted(found.ends.items()):
        print(f"  {story:22} {state:10} {reason:16} {number:4}")
    print(f"rooms held for nobody: {len(found.orphans)}, confirmed without a room: {len(found.roomless)}")
    print(f"in a state in which they may not be: {found.illegal}, dead letters: {found.dead}")


if __name__ == "__main__":
    main()
