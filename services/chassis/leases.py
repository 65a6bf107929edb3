"""A lease: one replica at a time does a thing, the others stand by.

Promises: at most one holder while clocks and pauses behave; a holder that died is replaced when its lease runs out.
Does not fence: a holder that was paused beyond its lease may act once more, so what it does must bear being done twice.
Reckoned with the database's clock on PostgreSQL, so that machines need not agree on the time.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session

from services.chassis import clock, ids
from services.chassis.db import Database, affected, insert_once
from services.chassis.tables import leases

LENGTH = timedelta(seconds=5)
RENEWED_AFTER = LENGTH / 5


_RENEW = (
    update(leases)
    .where(
        leases.c.name == bindparam("wanted"),
        or_(leases.c.holder == bindparam("who"), leases.c.expires_at <= bindparam("at")),
    )
    .values(holder=bindparam("who"), expires_at=bindparam("until"))
)


def hold(session: Session, name: str, holder: str, length: timedelta = LENGTH) -> bool:
    """Takes or renews the lease `name` for `holder`. False: somebody else has it."""
    moment = _moment(session)
    until = moment + length
    if affected(session, _RENEW, wanted=name, who=holder, at=moment, until=until):
        return True
    return insert_once(session, leases, name=name, holder=holder, expires_at=until)


def release(session: Session, name: str, holder: str) -> None:
    session.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))


class Lease:
    """One replica's part in a lease. It is taken when there is work and renewed while there is: idle replicas hold
    none.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._holder = ids.new_id()
        self._held_at = float("-inf")

    @property
    def is_fresh(self) -> bool:
        """Ours, and too short ago for a renewal."""
        return time.monotonic() < self._held_at + RENEWED_AFTER.total_seconds()

    @property
    def is_held(self) -> bool:
        return time.monotonic() < self._held_at + LENGTH.total_seconds()

    def take(self, database: Database) -> bool:
        """Takes or renews it in a transaction of its own, unless it is fresh. False: another replica has it."""
        if self.is_fresh:
            return True
        began = time.monotonic()
        if not database.transaction(lambda session: hold(session, self._name, self._holder)):
            return False
        self._held_at = began
        return True

    def release(self, session: Session) -> None:
        release(session, self._name, self._holder)


def _moment(session: Session) -> datetime:
    if session.get_bind().dialect.name == "postgresql":
        return session.execute(select(func.clock_timestamp())).scalar_one()
    return clock.wall()
