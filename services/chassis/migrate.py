"""Alembic for each service's own database: the chassis' revisions and the service's, side by side, to their heads.

Safe to run again and from several places at once on PostgreSQL (an advisory lock); on SQLite the file's lock serves.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from services.chassis.db import Database
from services.chassis.manifest import Manifest

_ADVISORY_LOCK = 4_242_011


def upgrade(database: Database, manifest: Manifest) -> None:
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
            connection.commit()
        try:
            settings = _settings(manifest)
            settings.attributes["connection"] = connection
            command.upgrade(settings, "heads")
            connection.commit()
        finally:
            if not database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_LOCK})
                connection.commit()


def is_current(database: Database, manifest: Manifest) -> bool:
    """Does the database stand at the heads that this code was written for?"""
    wanted = set(ScriptDirectory.from_config(_settings(manifest)).get_heads())
    with database.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == wanted


def _settings(manifest: Manifest) -> Any:
    settings = AlembicConfig()
    chassis = str(files("services.chassis") / "migrations")
    settings.set_main_option("script_location", chassis)
    settings.set_main_option("path_separator", "newline")
    settings.set_main_option("version_locations", f"{chassis}/versions\n{files(manifest.migrations) / 'versions'}")
    return settings
