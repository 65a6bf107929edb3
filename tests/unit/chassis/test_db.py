import sqlite3

from sqlalchemy.exc import IntegrityError, OperationalError

from services.chassis.db import Database, is_away


def test_postgresql_is_spoken_to_through_psycopg2():
    for url in ("postgresql://db/booking", "postgres://db/booking", "postgresql+psycopg2://db/booking"):
        assert Database(url).engine.driver == "psycopg2"


def test_only_a_database_that_cannot_be_reached_is_away():
    def failing(error: Exception) -> OperationalError:
        return OperationalError("SELECT 1", {}, error)

    assert is_away(failing(sqlite3.OperationalError("unable to open database file")))
    assert is_away(failing(Exception("Connection refused")))
    assert not is_away(failing(sqlite3.OperationalError("no such table: inbox")))
    assert not is_away(IntegrityError("INSERT", {}, Exception("duplicate")))
    assert not is_away(ValueError("something else"))
