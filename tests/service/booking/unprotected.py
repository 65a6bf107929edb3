"""Takes protection away, for negative controls: what remains then must be seen to do harm."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from services.chassis.db import Database

ROW_LOCKS = re.compile(r"\s+FOR UPDATE( SKIP LOCKED)?")
VERSION_CHECK = re.compile(r"\s+AND \w+\.version = %\(\w+\)s")


@contextmanager
def without(database: Database, *what: re.Pattern[str]) -> Iterator[None]:
    """Every statement goes to the database without these parts of it."""

    def strip(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> Any:
        for part in what:
            statement = part.sub("", statement)
        return statement, parameters

    event.listen(database.engine, "before_cursor_execute", strip, retval=True)
    yield
    event.remove(database.engine, "before_cursor_execute", strip)
