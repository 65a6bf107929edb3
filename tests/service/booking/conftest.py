"""Booking's use cases on a migrated database of their own, without a container around them."""

from datetime import UTC, datetime

import pytest
import yaml

from services.chassis import migrate, profile
from services.chassis.db import Database
from services.chassis.manifest import named
from tests import servers

CLIENTS = 32
LOADED_AT = datetime(2020, 3, 10, tzinfo=UTC)


@pytest.fixture
def database():
    """On PostgreSQL, with a connection for each of CLIENTS."""
    url = servers.postgres().create_database()
    database = Database(url, connections=CLIENTS)
    migrate.upgrade(database, named("booking"))
    yield database
    database.dispose()
    servers.postgres().drop_database(url)


@pytest.fixture
def database_of_each_kind(database_kind, tmp_path, request):
    """On SQLite and on PostgreSQL."""
    if database_kind == "postgresql":
        yield request.getfixturevalue("database")
        return
    database = Database(f"sqlite:///{tmp_path}/booking.db")
    migrate.upgrade(database, named("booking"))
    yield database
    database.dispose()


@pytest.fixture
def load_rules():
    """load_rules(database): the first centre's rules, stored and typed."""

    def load(database: Database):
        manifest = named("booking")
        with open("deploy/centres/seogu.yaml", encoding="utf-8") as file:
            content = yaml.safe_load(file)
        database.transaction(lambda session: profile.load(session, manifest, content, LOADED_AT))
        return profile.typed(manifest, {name: content[name] for name in manifest.sections})

    return load


@pytest.fixture
def rules(database, load_rules):
    return load_rules(database)
