"""Recruitment's use cases on a migrated database of their own, without a container around them."""

import pytest

from tests.service import migrated


@pytest.fixture
def database_of_each_kind(database_kind):
    """On SQLite and on PostgreSQL."""
    with migrated.lend(database_kind, "recruitment") as database:
        yield database
