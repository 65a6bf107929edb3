"""The database as the chassis keeps it: connections that are good, or are replaced."""

import traceback

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.chassis.db import Database
from tests import servers

pytestmark = pytest.mark.servers


@pytest.fixture
def address():
    url = servers.postgres().create_database()
    yield url
    servers.postgres().drop_database(url)


def run(database: Database, statement: str, **parameters) -> list:
    def work(session):
        result = session.execute(text(statement), parameters)
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


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_the_database_refuses_is_told_without_what_was_to_be_kept(kind, request, tmp_path):
    database = Database(request.getfixturevalue("address") if kind == "postgresql" else f"sqlite:///{tmp_path}/kept")
    run(database, "CREATE TABLE people (email text PRIMARY KEY, age integer NOT NULL CHECK (age > 0))")
    keep = "INSERT INTO people VALUES (:email, :age)"
    email = "hong@example.com"
    run(database, keep, email=email, age=30)
    for age in (30, None, 0):
        with pytest.raises(IntegrityError) as refused:
            run(database, keep, email=email, age=age)
        told = "".join(traceback.format_exception(refused.value))
        assert "people" in told
        assert "hong" not in told
    database.dispose()
