"""The locks of booking. Always in this order, each kind sorted: bookings, months of a quota, rooms, equipment. So no
two commands wait for each other. (SQLite has one writer anyway.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from services.booking.contract.vocabulary import Scope
from services.booking.domain.application import Application, Month
from services.booking.models import Booking, Piece, Quota, Room
from services.chassis.db import insert
from services.chassis.errors import NotFound
from services.chassis.i18n import msgid as _

NO_BOOKING = _("There is no such booking.")

_ROOMS = select(Room.id).where(Room.id.in_(bindparam("ids", expanding=True))).order_by(Room.id).with_for_update()
_PIECES = select(Piece.id).where(Piece.id.in_(bindparam("ids", expanding=True))).order_by(Piece.id).with_for_update()


def lock_for(session: Session, applications: Sequence[Application]) -> None:
    """Lock the rows that a decision about these applications depends on, to the end of the transaction."""
    lock_quotas(session, {(each.applicant.party, month) for each in applications for month in _counted(each)})
    lock_rooms(session, {room for each in applications for room in each.space.rooms})
    lock_equipment(session, {piece for each in applications for piece in each.particulars.equipment})


def lock_quotas(session: Session, months: Collection[tuple[str, Month]]) -> None:
    """Lock the rows of the months. A row is created with the first request for it."""
    if not months:
        return
    rows: list[dict[str, Any]] = [{"party_id": party, "month": month} for party, month in sorted(months)]
    statement = insert(session, Quota.__table__).values(rows)  # type: ignore[arg-type]
    key = [Quota.party_id, Quota.month]
    session.execute(statement.on_conflict_do_update(index_elements=key, set_={"month": statement.excluded.month}))


def lock_rooms(session: Session, rooms: Iterable[str]) -> None:
    session.execute(_ROOMS, {"ids": sorted(rooms)}).all()


def lock_equipment(session: Session, pieces: Collection[str]) -> None:
    if pieces:
        session.execute(_PIECES, {"ids": sorted(pieces)}).all()


def lock_booking(session: Session, booking_id: str) -> Booking:
    """Raises NotFound."""
    return lock_scope(session, booking_id, Scope.THIS)[0]


def lock_scope(session: Session, booking_id: str, scope: Scope) -> list[Booking]:
    """Lock the booking, and with a wider scope those of its series (from its date on). By date. Raises NotFound."""
    booking = session.get(Booking, booking_id)
    if booking is None:
        raise NotFound(NO_BOOKING)
    query = select(Booking).order_by(Booking.id).with_for_update().execution_options(populate_existing=True)
    if scope is Scope.THIS or booking.series_id is None:
        query = query.where(Booking.id == booking_id)
    else:
        query = query.where(Booking.series_id == booking.series_id)
        if scope is Scope.FOLLOWING:
            query = query.where(Booking.original_start >= booking.original_start)
    return sorted(session.scalars(query), key=lambda each: each.starts_at)


def _counted(application: Application) -> tuple[Month, ...]:
    return application.months if application.is_rental else ()
