"""Training's use cases on a migrated database of their own, without a container around them."""

from datetime import UTC, datetime

import pytest
import yaml

from services.chassis import profile
from services.chassis.db import Database
from services.chassis.manifest import named
from tests import servers
from tests.service import migrated
from tests.service.training.courses.office import Office

CLIENTS = 32
LOADED_AT = datetime(2020, 3, 10, tzinfo=UTC)


@pytest.fixture(scope="session")
def rules():
    manifest = named("training")
    with open("deploy/centres/seogu.yaml", encoding="utf-8") as file:
        content = yaml.safe_load(file)
    return profile.typed(manifest, {name: content[name] for name in manifest.sections})


@pytest.fixture
def database():
    """On PostgreSQL, with a connection for each of CLIENTS."""
    url = migrated.on_postgresql(named("training"))
    database = Database(url, connections=CLIENTS)
    yield database
    database.dispose()
    servers.postgres().drop_database(url)


@pytest.fixture
def database_of_each_kind(database_kind, tmp_path, request):
    """On SQLite and on PostgreSQL."""
    if database_kind == "postgresql":
        yield request.getfixturevalue("database")
        return
    migrated.on_sqlite(named("training"), tmp_path / "training.db")
    database = Database(f"sqlite:///{tmp_path}/training.db")
    yield database
    database.dispose()


@pytest.fixture
def office(database_of_each_kind, rules) -> Office:
    return Office(database_of_each_kind, rules)
