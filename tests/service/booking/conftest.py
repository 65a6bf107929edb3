"""Booking's use cases on a migrated database of their own, without a container around them."""

from datetime import UTC, datetime

import pytest

from services.chassis import profile
from services.chassis.db import Database
from services.chassis.manifest import named
from tests import centre
from tests.service import migrated

CLIENTS = 32
LOADED_AT = datetime(2020, 3, 10, tzinfo=UTC)


@pytest.fixture
def database():
    """On PostgreSQL, with a connection for each of CLIENTS."""
    with migrated.lend("postgresql", "booking", CLIENTS) as database:
        yield database


@pytest.fixture
def database_of_each_kind(database_kind):
    """On SQLite and on PostgreSQL."""
    with migrated.lend(database_kind, "booking", CLIENTS) as database:
        yield database


@pytest.fixture
def load_rules():
    """load_rules(database): the first centre's rules, stored and typed."""

    def load(database: Database):
        manifest = named("booking")
        content = centre.content()
        database.transaction(lambda session: profile.load(session, manifest, content, LOADED_AT))
        return profile.typed(manifest, {name: content[name] for name in manifest.sections})

    return load


@pytest.fixture
def rules(database, load_rules):
    return load_rules(database)
