"""The database as the chassis keeps it: connections that are good, or are replaced."""

import pytest
from sqlalchemy import text

from services.chassis.db import Database
from tests import servers

pytestmark = pytest.mark.servers


@pytest.fixture
def address():
    url = servers.postgres().create_database()
    yield url
    servers.postgres().drop_database(url)


def run(database: Database, statement: str) -> list:
    def work(session):
        result = session.execute(text(statement))
        return result.all() if result.returns_rows else []

    return database.transaction(work)


def test_connections_that_were_cut_are_replaced_before_anybody_notices(address):
    database = Database(address)
    assert run(database, "SELECT 1") == [(1,)]
    assert servers.postgres().kill_connections(address) == 1
    assert run(database, "SELECT 1") == [(1,)]
    database.dispose()


def test_connection_that_has_something_to_read_and_is_good_is_kept(address):
    database, another = Database(address), Database(address)
    run(database, "LISTEN news")
    session = run(database, "SELECT pg_backend_pid()")
    run(another, "NOTIFY news")
    assert run(database, "SELECT pg_backend_pid()") == session
    for each in (database, another):
        each.dispose()
