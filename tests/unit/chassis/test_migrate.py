"""The heads of the migrations are known without Alembic, and are the same that Alembic finds."""

import pytest
from alembic.script import ScriptDirectory

from services.chassis import migrate
from services.chassis.db import Database
from services.chassis.manifest import installed

WITH_DATABASE = [manifest for manifest in installed().values() if manifest.has_database]


@pytest.mark.parametrize("manifest", WITH_DATABASE, ids=lambda manifest: manifest.name)
def test_heads_are_those_that_alembic_finds(manifest):
    scripts = ScriptDirectory.from_config(migrate.alembic_settings(manifest))
    assert migrate.heads(manifest) == set(scripts.get_heads())


def test_database_is_migrated_once(tmp_path):
    manifest = WITH_DATABASE[0]
    database = Database(f"sqlite:///{tmp_path}/one.db")
    assert not migrate.is_current(database, manifest)
    assert migrate.upgrade(database, manifest)
    assert migrate.is_current(database, manifest)
    assert not migrate.upgrade(database, manifest)
    database.dispose()


def test_database_of_another_version_is_not_current(tmp_path):
    manifest = WITH_DATABASE[0]
    database = Database(f"sqlite:///{tmp_path}/one.db")
    migrate.upgrade(database, manifest)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'gone' WHERE version_num LIKE 'chassis%'")
    assert not migrate.is_current(database, manifest)
    database.dispose()
