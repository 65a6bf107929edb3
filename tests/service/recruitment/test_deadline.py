"""Scenario 20 in a crowd: who was in time has a receipt, who was not has none. Negative control: without the lock of
the call the receipts of a crowd get into each other's way.
"""

import re

import pytest

from tests.service import migrated
from tests.service.booking.unprotected import VERSION_CHECK, without
from tests.service.recruitment.deadline import Deadline

pytestmark = [pytest.mark.servers]

CROWD = 60
ROW_LOCKS = re.compile(r"\s+FOR UPDATE( OF \w+)?( SKIP LOCKED)?")


@pytest.fixture
def database():
    with migrated.lend("postgresql", "recruitment", connections=32) as database:
        yield database


def test_a_crowd_at_the_deadline_gets_receipts_without_a_gap_and_nobody_a_second_later(database):
    deadline = Deadline(database, CROWD)
    assert deadline.all_at_once() == ["done", "deadline_passed"] * (CROWD // 2)
    assert deadline.receipts() == [f"2020-1-{number:04}" for number in range(1, CROWD // 2 + 1)]


def test_negative_control_without_the_calls_lock_somebody_in_time_has_no_receipt(database):
    deadline = Deadline(database, CROWD)
    with without(database, ROW_LOCKS, VERSION_CHECK):
        outcomes = deadline.all_at_once()
    assert outcomes[::2].count("done") < CROWD // 2
