"""Alembic for each service's own database: the chassis' revisions and the service's, side by side, to their heads.

Safe to run again and from several places at once on PostgreSQL (an advisory lock); on SQLite the file's lock serves.
A revision is in the file of its name, `<package>_<number>.py`, and follows the one before it: so the heads are known,
and compared with those of the database, without Alembic. It is imported when they differ.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from services.chassis.db import Database
from services.chassis.manifest import Manifest

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

_ADVISORY_LOCK = 4_242_011
_CHASSIS = "services.chassis.migrations"


def upgrade(database: Database, manifest: Manifest) -> bool:
    """Brings the database to the heads. False: it stood there already."""
    if is_current(database, manifest):
        return False
    from alembic import command

    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
            connection.commit()
        try:
            settings = alembic_settings(manifest)
            settings.attributes["connection"] = connection
            command.upgrade(settings, "heads")
            connection.commit()
        finally:
            if not database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_LOCK})
                connection.commit()
    return True


def is_current(database: Database, manifest: Manifest) -> bool:
    """Does the database stand at the heads that this code was written for?"""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return set(connection.scalars(text("SELECT version_num FROM alembic_version"))) == heads(manifest)


def heads(manifest: Manifest) -> set[str]:
    """The last revision of the chassis and of the service."""
    return {max(_revisions(package)) for package in (_CHASSIS, manifest.migrations)}


def alembic_settings(manifest: Manifest) -> AlembicConfig:
    from alembic.config import Config as AlembicConfig

    settings = AlembicConfig()
    settings.set_main_option("script_location", str(files(_CHASSIS)))
    settings.set_main_option("path_separator", "newline")
    locations = (files(package) / "versions" for package in (_CHASSIS, manifest.migrations))
    settings.set_main_option("version_locations", "\n".join(map(str, locations)))
    return settings


def _revisions(package: str) -> list[str]:
    names = (each.name for each in (files(package) / "versions").iterdir())
    return [name.removesuffix(".py") for name in names if name.endswith(".py") and not name.startswith("__")]
