"""200 who accept, decline, let expire and withdraw at once, on 8 offices: never two tenancies in one, and what becomes
free is offered by rank at once. Negative control: without the locks and indexes there are two.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from services.chassis.db import Database
from tests.service import migrated
from tests.service.booking.unprotected import VERSION_CHECK, without
from tests.service.recruitment.scramble import OFFICES, Scramble, mixed, without_backstops

pytestmark = [pytest.mark.servers, pytest.mark.slow]

AT_ONCE = 200
ROW_LOCKS = re.compile(r"\s+FOR UPDATE( OF \w+)?( SKIP LOCKED)?")
LET_GO = {"declined", "expired", "withdrawn"}


@contextmanager
def fresh_database() -> Iterator[Database]:
    with migrated.lend("postgresql", "recruitment", connections=32) as database:
        yield database


@pytest.fixture
def database():
    with fresh_database() as database:
        yield database


def test_two_hundred_at_once_never_leave_two_in_an_office_and_offer_what_is_free_by_rank(database):
    scramble = Scramble(database, 120)
    outcomes = scramble.at_once(mixed(scramble, AT_ONCE, seed=1))
    assert set(outcomes) <= {"done", "not_found", "illegal_transition", "offer_expired"}
    assert outcomes.count("done") > 30
    assert scramble.doubled() == 0
    offers = scramble.offers()
    # whoever was offered an office was next in rank, but for those who had withdrawn
    offered = {offer.rank for offer in offers}
    assert 8 < len(offered) < 120
    assert all(was_withdrawn(scramble, rank) for rank in set(range(1, max(offered))) - offered)
    # with people waiting, no office lies idle
    assert scramble.idle_units() == []
    assert len([offer for offer in offers if offer.status not in LET_GO]) == len(OFFICES)


def was_withdrawn(scramble: Scramble, rank: int) -> bool:
    statement = "SELECT withdrawn_at IS NOT NULL FROM applications WHERE id = :id"
    with scramble.database.engine.connect() as connection:
        return bool(connection.execute(text(statement), {"id": scramble.ids[rank - 1]}).scalar_one())


def test_office_that_becomes_free_in_the_crowd_is_offered_again_at_once(database):
    """At once: whoever looks after the refusal sees the next offer. It is made in the same transaction."""
    scramble = Scramble(database, 120)
    crowd = mixed(scramble, AT_ONCE - 1, seed=2)
    seen = []

    def decline_and_look(application_id: str) -> str:
        done = scramble.decline(application_id)
        seen.append(scramble.idle_units())
        return done

    (first,) = [offer for offer in scramble.offers() if offer.rank == 8]
    outcomes = scramble.at_once([*crowd[:100], (decline_and_look, first.application_id), *crowd[100:]])
    assert len(outcomes) == AT_ONCE
    assert seen == [[]]
    assert scramble.idle_units() == []


def test_negative_control_without_locks_and_indexes_there_are_two_in_an_office():
    """Each try from the start: once everybody near has had an offer, nothing is fought over any more."""
    assert any(is_doubled_without_protection(seed) for seed in range(30))


def is_doubled_without_protection(seed: int) -> bool:
    with fresh_database() as database:
        scramble = Scramble(database, 120)
        with without(database, ROW_LOCKS, VERSION_CHECK), without_backstops(database):
            scramble.at_once(mixed(scramble, AT_ONCE, seed))
        return scramble.doubled() > 0
