"""What concurrency could do to bookings, counted in the database. Zero everywhere, or something is broken."""

from dataclasses import asdict, dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from services.booking.domain.rules import BookingRules
from services.chassis.db import Database

OVERLAPS = """
SELECT count(*) FROM holds a JOIN holds b ON a.room_id = b.room_id AND a.id < b.id
AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
"""
EQUIPMENT_EXCEEDED = """
SELECT count(*) FROM equipment_uses u JOIN equipment e ON e.id = u.equipment_id WHERE e.quantity < (
    SELECT sum(o.quantity) FROM equipment_uses o
    WHERE o.equipment_id = u.equipment_id AND o.starts_at <= u.starts_at AND o.ends_at > u.starts_at
)
"""
QUOTAS_EXCEEDED = """
SELECT count(*) FROM (SELECT 1 FROM bookings WHERE counts GROUP BY party_id, month HAVING count(*) > :quota) AS months
"""
BOOKINGS = "SELECT id, space_id, status, starts_at, ends_at, equipment FROM bookings"
HOLDS = "SELECT booking_id, room_id, starts_at, ends_at FROM holds"
USES = "SELECT booking_id, equipment_id, quantity, starts_at, ends_at FROM equipment_uses"


@dataclass(frozen=True)
class Harm:
    """crooked: holds and uses that a live booking lacks, or that there are without one."""

    overlaps: int
    equipment_exceeded: int
    quotas_exceeded: int
    crooked: int

    def __str__(self) -> str:
        return ", ".join(f"{name}: {count}" for name, count in asdict(self).items())


NONE = Harm(0, 0, 0, 0)


def harm(database: Database, rules: BookingRules) -> Harm:
    """On PostgreSQL."""
    return database.transaction(lambda session: _harm(session, rules))


def overlaps(database: Database) -> int:
    return database.transaction(lambda session: session.execute(text(OVERLAPS)).scalar_one())


def _harm(session: Session, rules: BookingRules) -> Harm:
    quota = {"quota": rules.monthly_quota}
    return Harm(
        overlaps=session.execute(text(OVERLAPS)).scalar_one(),
        equipment_exceeded=session.execute(text(EQUIPMENT_EXCEEDED)).scalar_one(),
        quotas_exceeded=session.execute(text(QUOTAS_EXCEEDED), quota).scalar_one(),
        crooked=_crooked(session, rules),
    )


def _crooked(session: Session, rules: BookingRules) -> int:
    holds, uses = set(), set()
    for booking in session.execute(text(BOOKINGS)):
        if booking.status not in {"pending", "approved", "checked_in"}:
            continue
        space = rules.spaces[booking.space_id]
        held = (booking.starts_at - space.buffer, booking.ends_at + space.buffer)
        holds |= {(booking.id, room, *held) for room in space.rooms}
        times = (booking.starts_at, booking.ends_at)
        uses |= {(booking.id, piece, quantity, *times) for piece, quantity in booking.equipment.items()}
    found_holds = [tuple(row) for row in session.execute(text(HOLDS))]
    found_uses = [tuple(row) for row in session.execute(text(USES))]
    doubled = len(found_holds) - len(set(found_holds)) + len(found_uses) - len(set(found_uses))
    return len(holds ^ set(found_holds)) + len(uses ^ set(found_uses)) + doubled
