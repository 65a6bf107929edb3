"""What the database really has."""

import json

from sqlalchemy import inspect, text

from services.chassis.testing import Bench


def tables_with(bench: Bench, *words: str) -> set[str]:
    """The tables that have one of the words in any column of any row, as it is or as JSON writes it."""
    database = bench.database("recruitment")
    names = inspect(database.engine).get_table_names()
    rows = database.transaction(lambda session: {name: _words_of(session, name) for name in names})
    written = {form for word in words for form in (word, json.dumps(word)[1:-1])}
    return {name for name, found in rows.items() if any(word in found for word in written)}


def _words_of(session, table: str) -> str:
    rows = session.execute(text(f'SELECT * FROM "{table}"'))
    return "\n".join(str(value) for row in rows for value in row)
