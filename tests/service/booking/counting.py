"""Queries, counted."""

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import event

from services.chassis.testing import Bench

TIMES = 3
"""A timer that happens to look at the tables at the same time is not counted: it does not come so often."""
OWN = ("bookings", "series", "decisions", "penalties", "closures", "walk_ins", "calendar_keys")
"""Booking's tables that are read here. The chassis looks at its own whenever it likes."""


def queries_of(
    bench: Bench, call: Callable[[], Any], *, service: str = "booking", tables: Collection[str] = OWN
) -> int:
    """How many SELECTs on these tables the service's database gets while `call` runs."""
    found: list[int] = []
    statements: list[str] = []

    def note(*given: Any) -> None:
        statements.append(given[2])

    bench.settle()  # what is due runs now, and not while it is counted
    engine = bench.database(service).engine
    event.listen(engine, "before_cursor_execute", note)
    for _ in range(TIMES):
        statements.clear()
        call()
        found.append(len([each for each in statements if any(f"FROM {table}" in each for table in tables)]))
    event.remove(engine, "before_cursor_execute", note)
    return min(found)
