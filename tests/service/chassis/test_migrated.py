"""A database that one test had is as new for the next."""

import pytest
from sqlalchemy import insert, inspect, select, text

from services.chassis import clock
from services.chassis.tables import leases, outbox
from tests.service import migrated

KIND = pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
SERVICE, ALONE = "booking", 3  # so many connections has no other test's


def contents(database) -> dict[str, list[tuple]]:
    with database.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return {name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))] for name in names}


@KIND
def test_rows_and_numbers_begin_anew(kind):
    now = clock.now()
    lease = {"name": "anything", "holder": "somebody", "expires_at": now}
    named = dict.fromkeys(("event_id", "event", "routing_key", "subject", "envelope"), "anything")
    event = {**named, "created_at": now, "next_attempt_at": now}
    found = []
    for _ in range(2):
        with migrated.lend(kind, SERVICE, ALONE) as database:
            found.append((database.url, contents(database)))
            database.transaction(lambda session: session.execute(insert(leases).values(lease)))
            database.transaction(lambda session: session.execute(insert(outbox).values(event)))
            number = database.transaction(lambda session: session.execute(select(outbox.c.id)).scalar_one())
            found.append(number)
    assert found[:2] == found[2:], "the same database, with the same in it, and the same numbers"
    assert [name for name, rows in found[0][1].items() if rows] == ["alembic_version"]


@KIND
@pytest.mark.parametrize("change", ["DROP TABLE leases", "CREATE TABLE left_over (id INTEGER)"])
def test_schema_that_a_test_changed_is_not_the_next_ones(kind, change):
    with migrated.lend(kind, SERVICE, ALONE) as database:
        before = contents(database).keys()
        database.transaction(lambda session: session.execute(text(change)))
        assert contents(database).keys() != before
    with migrated.lend(kind, SERVICE, ALONE) as database:
        assert contents(database).keys() == before


@KIND
def test_database_in_which_a_transaction_is_open_is_not_given_out_again(kind):
    with migrated.lend(kind, SERVICE, ALONE) as database:
        left = database.engine.connect()
        left.execute(text("SELECT 1"))
        url = database.url
    with migrated.lend(kind, SERVICE, ALONE) as database:
        assert database.url != url
        assert contents(database)["leases"] == []
    left.invalidate()
