"""Recruitment's use cases on a migrated database of their own, without a container around them."""

import pytest

from services.chassis import migrate
from services.chassis.db import Database
from services.chassis.manifest import named
from tests import servers


@pytest.fixture
def database_of_each_kind(database_kind, tmp_path):
    """On SQLite and on PostgreSQL."""
    on_server = database_kind == "postgresql"
    url = servers.postgres().create_database() if on_server else f"sqlite:///{tmp_path}/recruitment.db"
    database = Database(url)
    migrate.upgrade(database, named("recruitment"))
    yield database
    database.dispose()
    if on_server:
        servers.postgres().drop_database(url)
