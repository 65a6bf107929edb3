"""What stands in the book."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.service.booking.paper.centre import BUFFER_TICKS, ROOMS, SEOUL, TICK, local_day, tick_of

LIVE = {"pending", "approved", "checked_in"}
LEGAL = {
    ("pending", "approved"),
    ("pending", "rejected"),
    ("pending", "cancelled"),
    ("pending", "expired"),
    ("approved", "pending"),  # changed by who applied
    ("approved", "cancelled"),
    ("approved", "checked_in"),
    ("approved", "no_show"),
}


@dataclass
class Entry:
    """A booking, or what somebody wishes to book."""

    kind: str
    space: str
    start: datetime
    end: datetime
    attendees: int
    purpose: str = "community"
    title: str = "모임"
    equipment: dict[str, int] = field(default_factory=dict)
    ground: str | None = None
    person: str = ""
    group: str | None = None
    series: int | None = None
    planned_start: datetime | None = None
    applied_at: datetime | None = None
    decide_by: datetime | None = None
    id: str = ""
    status: str = "pending"
    counts: bool = False
    fee: int = 0
    refund: int | None = None
    free_minutes: int = 0
    closure: str | None = None

    @property
    def is_rental(self) -> bool:
        return self.kind == "rental"

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def party(self) -> str:
        return self.group or self.person

    @property
    def month(self) -> str:
        return f"{self.start.astimezone(SEOUL):%Y-%m}"

    @property
    def ticks(self) -> range:
        return range(tick_of(self.start), tick_of(self.end))

    @property
    def held_ticks(self) -> range:
        buffer = BUFFER_TICKS.get(self.space, 0)
        return range(self.ticks.start - buffer, self.ticks.stop + buffer)

    @property
    def takes(self) -> set[tuple[str, int]]:
        return {(room, tick) for room in ROOMS[self.space] for tick in self.held_ticks}

    @property
    def holds(self) -> set[tuple[str, str, datetime, datetime]]:
        buffer = BUFFER_TICKS.get(self.space, 0) * TICK
        return {(self.id, room, self.start - buffer, self.end + buffer) for room in ROOMS[self.space]}

    @property
    def uses(self) -> set[tuple[str, str, int, datetime, datetime]]:
        return {(self.id, piece, quantity, self.start, self.end) for piece, quantity in self.equipment.items()}

    def days_from(self, moment: datetime) -> int:
        return (local_day(self.start) - local_day(moment)).days

    def moved(self, start: timedelta, end: timedelta) -> tuple[datetime, datetime]:
        return self.start + start, self.end + end


@dataclass
class Shut:
    """A closure."""

    id: str
    start: datetime
    end: datetime
    rooms: set[str]
    lifted: bool = False
    settled: bool = False

    def touches(self, entry: Entry) -> bool:
        held = entry.held_ticks
        closed = range(tick_of(self.start), tick_of(self.end))
        return bool(ROOMS[entry.space] & self.rooms) and held.start < closed.stop and closed.start < held.stop
