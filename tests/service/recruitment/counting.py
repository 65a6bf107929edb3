"""Queries, counted."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from services.chassis.testing import Bench

TIMES = 3
"""A timer that happens to look at the same tables at the same time is not counted: it does not come so often."""
OWN = (
    *("calls", "offered_units", "criteria", "applications", "documents", "submissions", "verdicts", "decisions"),
    *("offers", "tenancies", "maintenance_invoices", "tenancy_reviews", "units", "recalls"),
)


def queries_of(bench: Bench, call: Callable[[], Any]) -> int:
    """How many SELECTs the selection's tables get while `call` runs."""
    found: list[int] = []
    statements: list[str] = []

    def note(*given: Any) -> None:
        statements.append(given[2])

    bench.settle()  # what is due runs now, and not while it is counted
    engine = bench.database("recruitment").engine
    event.listen(engine, "before_cursor_execute", note)
    for _ in range(TIMES):
        statements.clear()
        call()
        found.append(len([each for each in statements if any(f"FROM {table}" in each for table in OWN)]))
    event.remove(engine, "before_cursor_execute", note)
    return min(found)
