"""A course's list as it would be kept on paper, by somebody who knows the rules and nothing of the program."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

HELD_FOR = timedelta(hours=24)
FEWEST_PERCENT = 50


@dataclass
class Line:
    person: str
    state: str
    until: datetime | None = None
    why: str | None = None


@dataclass
class Paper:
    """lines: one for each time that somebody came. closes: no new line from then on. over: the last session's end."""

    capacity: int
    closes: datetime
    over: datetime
    now: datetime
    state: str = "published"
    lines: list[Line] = field(default_factory=list)

    def line_of(self, person: str) -> Line | None:
        live = [each for each in self.lines if each.person == person and each.state in ("in", "held", "waiting")]
        return live[0] if live else None

    @property
    def taken(self) -> int:
        return sum(each.state in ("in", "held") for each in self.lines)

    @property
    def waiting(self) -> list[Line]:
        return [each for each in self.lines if each.state == "waiting"]

    @property
    def is_open(self) -> bool:
        return self.state in ("published", "undersubscribed", "confirmed")

    # --- what people do; each answers with the refusals

    def come(self, person: str, waits: bool) -> set[str]:
        refused = set()
        if not self.is_open or self.now >= self.closes:
            refused.add("enrolment_closed")
        if self.line_of(person):
            refused.add("already_enrolled")
        # After the course nobody moves up any more: who still waits comes before somebody new.
        full = self.taken >= self.capacity or bool(self.waiting)
        if full and not waits:
            refused.add("course_full")
        if not refused:
            self.lines.append(Line(person, "waiting" if full else "in"))
        return refused

    def leave(self, place: int, why: str) -> set[str]:
        line = self.lines[place]
        if line.state in ("lapsed", "gone") or not self.is_open:
            return {"illegal_transition"}
        line.state, line.why, line.until = (
            "gone",
            "offer_declined" if line.state == "held" and why == "withdrawn" else why,
            None,
        )
        self.move_up()
        return set()

    def take(self, place: int) -> set[str]:
        line = self.lines[place]
        if line.state == "held" and line.until and line.until > self.now:
            line.state, line.until = "in", None
            return set()
        if line.state == "held" or line.why == "offer_expired":
            return {"offer_expired"}
        return {"illegal_transition"}

    # --- what staff and the clock do

    def look_at_clock(self) -> None:
        """What is due by now, in the order in which the program's timers run."""
        expired = [each for each in self.lines if each.until is not None and each.until <= self.now]
        for line in expired:
            line.state, line.why, line.until = "lapsed", "offer_expired", None
        if expired:
            self.move_up()
        if self.state == "published" and self.now >= self.closes:
            enough = self.taken * 100 >= self.capacity * FEWEST_PERCENT
            self.state = "confirmed" if enough else "undersubscribed"

    def hold(self) -> set[str]:
        """With few people."""
        if self.state != "undersubscribed":
            return {"illegal_transition"}
        self.state = "confirmed"
        return set()

    def cancel(self) -> set[str]:
        if not self.is_open:
            return {"illegal_transition"}
        self.state = "cancelled"
        self._end_all(("in", "held", "waiting"), "course_cancelled")
        return set()

    def complete(self) -> set[str]:
        if not self.is_open or self.now < self.over:
            return {"illegal_transition"}
        self.state = "completed"
        self._end_all(("held", "waiting"), "course_over")
        return set()

    def move_up(self) -> None:
        if not self.is_open or self.now >= self.over:
            return
        for line in self.waiting[: self.capacity - self.taken]:
            line.state, line.until = "held", self.now + HELD_FOR

    def _end_all(self, states: tuple[str, ...], why: str) -> None:
        for line in self.lines:
            if line.state in states:
                line.state, line.why, line.until = "gone", why, None
