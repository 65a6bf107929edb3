"""Many come into the lounge at once: as many as there is room for. Negative control: without locks more come in."""

from collections import Counter

import eventlet
import pytest
from sqlalchemy import select

from services.booking import usecases
from services.booking.contract.spaces import ChangeWalkIns
from services.booking.models import WalkIn
from services.chassis.context import Actor
from services.chassis.errors import DomainError
from tests.people import STAFF
from tests.service.booking.calls import carry_out
from tests.service.booking.storm import NOW
from tests.service.booking.unprotected import ROW_LOCKS, without
from tests.soak import examples

pytestmark = pytest.mark.servers

COMING, FREE = 50, 12
TIMES = examples(4, 20)


@pytest.fixture
def crowd(database, rules):
    """crowd(): what came of COMING people who come in at once where FREE places are left, and how many are inside."""

    def count(change: int, who: Actor) -> None:
        command = ChangeWalkIns(space_id="lounge", change=change)
        database.transaction(
            lambda session: carry_out(session, usecases.change_walk_ins, command, actor=who, rules=rules, now=NOW)
        )

    def come(number: int) -> str:
        try:
            count(1, Actor(f"person-{number}", "홍길동"))
        except DomainError as error:
            return error.code
        return "done"

    def inside() -> int:
        return database.transaction(lambda session: session.execute(select(WalkIn.inside)).scalar_one())

    def rush() -> tuple[Counter[str], int]:
        capacity = rules.space("lounge").capacity
        already = database.transaction(lambda session: session.scalar(select(WalkIn.inside))) or 0
        if already != capacity - FREE:
            count(capacity - FREE - already, STAFF)
        return Counter(eventlet.GreenPool(COMING).imap(come, range(COMING))), inside()

    return rush


def test_exactly_the_free_places_are_taken_when_50_come_at_once(crowd, rules):
    expected = Counter({"done": FREE, "walk_in_full": COMING - FREE}), rules.space("lounge").capacity
    assert [crowd() for _ in range(TIMES)] == [expected] * TIMES


def test_negative_control_without_locks_more_come_in_than_there_is_room_for(crowd, database):
    with without(database, ROW_LOCKS):
        came = [outcomes["done"] for outcomes, _ in (crowd() for _ in range(3))]
    assert max(came) > FREE
