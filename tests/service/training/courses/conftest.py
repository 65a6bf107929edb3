"""Training's use cases on a migrated database of their own, without a container around them."""

import pytest

from services.chassis import profile
from services.chassis.manifest import named
from tests import centre
from tests.service import migrated
from tests.service.training.courses.office import Office

CLIENTS = 32


@pytest.fixture(scope="session")
def rules():
    manifest = named("training")
    content = centre.content()
    return profile.typed(manifest, {name: content[name] for name in manifest.sections})


@pytest.fixture
def database():
    """On PostgreSQL, with a connection for each of CLIENTS."""
    with migrated.lend("postgresql", "training", CLIENTS) as database:
        yield database


@pytest.fixture
def database_of_each_kind(database_kind):
    """On SQLite and on PostgreSQL."""
    with migrated.lend(database_kind, "training", CLIENTS) as database:
        yield database


@pytest.fixture
def office(database_of_each_kind, rules) -> Office:
    return Office(database_of_each_kind, rules)
