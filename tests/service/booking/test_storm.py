"""Whatever 32 people at once do to bookings, nothing is double booked, exceeded or left behind, and nobody is stuck.

100,000 operations: `python -m tests.bench.storm 100000`. Negative control: without protection the same does harm.
"""

from collections.abc import Collection

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from services.booking.domain.application import Month
from services.booking.models import Quota
from services.booking.usecases import locking
from services.chassis.db import insert_once
from tests.service.booking.harm import NONE, harm
from tests.service.booking.storm import DEADLOCK, Storm
from tests.service.booking.unprotected import ROW_LOCKS, without
from tests.soak import examples

pytestmark = [pytest.mark.servers, pytest.mark.slow]

OPERATIONS = examples(600, 3000)
QUARREL = {"request": 10, "cancel": 1}


def test_operations_from_32_greenlets_do_no_harm(database, rules):
    storm = Storm(database, rules)
    storm.rage(OPERATIONS)
    assert storm.surfaced == []
    assert storm.trouble[DEADLOCK] == 0
    assert harm(database, rules) == NONE
    assert sum(storm.tally.values()) == OPERATIONS


def test_negative_control_without_locks_and_constraints_does_harm(database, rules, monkeypatch):
    monkeypatch.setattr(locking, "lock_quotas", quotas_without_a_lock)
    unprotect = (
        "ALTER TABLE holds DROP CONSTRAINT no_two_holds_of_one_room_overlap",
        "DROP TRIGGER equipment_is_never_out_more_often_than_there_is ON equipment_uses",
    )
    for statement in unprotect:
        database.transaction(lambda session, statement=statement: session.execute(text(statement)))
    missing = {"overlaps", "equipment_exceeded", "quotas_exceeded"}
    for seed in range(30):
        # each time from nothing: once the quotas are used up, there is little left to quarrel over
        database.transaction(lambda session: session.execute(text("TRUNCATE bookings CASCADE")))
        storm = Storm(database, rules, people=4, days=2, seed=seed, operations=QUARREL)
        with without(database, ROW_LOCKS):
            storm.rage(100)
        # without locks it is the version that finds out who wrote over whom
        assert {type(each) for each in storm.surfaced} <= {StaleDataError}
        found = harm(database, rules)
        missing = {kind for kind in missing if not getattr(found, kind)}
        if not missing:
            return
    pytest.fail(f"it did none of this harm: {missing}")


def quotas_without_a_lock(session: Session, months: Collection[tuple[str, Month]]) -> None:
    """The rows have to be there; whoever finds them does not wait."""
    for party, month in sorted(months):
        insert_once(session, Quota.__table__, party_id=party, month=month)
