"""Every list of the support work: pages without gaps, no more queries for 30 things than for one; and as a file."""

import base64
import csv
import io
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from services.chassis.testing import Bench
from services.training import sheets
from services.training.models.base import Base
from services.training.schemas.support.lists import ExportKind
from tests.people import AUDITOR, RESIDENT
from tests.service.training.support.holdings import OPPORTUNITY, PROGRAMME, hold
from tests.service.training.support.offices import all_of

MANY = 30
LISTS = {
    "list_consultants": {},
    "list_introductions": {"opportunity_id": OPPORTUNITY},
    "list_consultations": {},
    "list_opportunities": {},
    "list_programmes": {},
    "list_supported_communities": {"programme_id": PROGRAMME},
    "list_communities": {},
    "list_activists": {},
    "list_visits": {},
    "list_assets": {},
    "list_voices": {},
    "list_findings": {},
    "list_surveys": {},
    "list_members": {},
    "list_meetings": {},
    "list_actions": {},
}
OWN = (
    "list_consultations",
    "list_supported_communities",
    "list_communities",
    "list_visits",
    "list_surveys",
    "list_actions",
)
"""Of which everybody sees theirs."""

TABLES = tuple(Base.metadata.tables)


@pytest.fixture
def holding(bench_of) -> Callable[[range], Bench]:
    bench = bench_of("training")

    def write(numbers: range) -> Bench:
        bench.database("training").transaction(partial(hold, numbers=numbers))
        return bench

    return write


def queries_of(bench: Bench, call: Callable[[], Any]) -> int:
    """SELECTs of training's own tables while `call` runs, without those of its timers, who look for what is due by now.
    The fewest of three times, since they do more where they find something.
    """
    bench.settle()  # what is due runs now, and not while it is counted
    statements: list[str] = []
    engine = bench.database("training").engine

    def note(*given: Any) -> None:
        statements.append(given[2])

    def count() -> int:
        statements.clear()
        call()
        return sum(any(f"FROM {table}" in each for table in TABLES) and "<=" not in each for each in statements)

    event.listen(engine, "before_cursor_execute", note)
    fewest = min(count() for _ in range(3))
    event.remove(engine, "before_cursor_execute", note)
    return fewest


def test_each_list_asks_the_database_no_more_for_30_than_for_one(holding):
    bench = holding(range(1))
    with all_of(bench, AUDITOR, RESIDENT) as (auditor, resident):
        calls = {
            **{name: partial(getattr(auditor, name), **wanted) for name, wanted in LISTS.items()},
            **{f"{name} of mine": partial(getattr(resident, name), **LISTS[name]) for name in OWN},
        }
        assert {name: len(call()["items"]) for name, call in calls.items()} == dict.fromkeys(calls, 1)
        for_one = {name: queries_of(bench, call) for name, call in calls.items()}
        holding(range(1, MANY))
        assert {name: len(call()["items"]) for name, call in calls.items()} == dict.fromkeys(calls, MANY)
        assert {name: queries_of(bench, call) for name, call in calls.items()} == for_one


def test_pages_of_each_list_have_everything_once(holding):
    bench = holding(range(MANY))
    with all_of(bench, AUDITOR, RESIDENT) as (auditor, resident):
        for somebody, names in ((auditor, LISTS), (resident, OWN)):
            for name in names:
                ask = partial(getattr(somebody, name), **LISTS[name])
                whole = [each["id"] for each in ask(limit=100)["items"]]
                assert paged(ask) == whole, name
                assert len(set(whole)) == MANY, name


def paged(ask: Callable[..., Any]) -> list[str]:
    """By sevens."""
    found: list[str] = []
    cursor = None
    while True:
        page = ask(limit=7, cursor=cursor)
        found += [each["id"] for each in page["items"]]
        cursor = page["next_cursor"]
        assert len(page["items"]) == (7 if cursor else MANY % 7)
        if cursor is None:
            return found


def test_each_list_is_a_file_in_the_readers_language_in_which_nothing_is_a_formula(holding):
    bench = holding(range(3))
    with bench.acting(AUDITOR, locale="ko") as rpc:
        for kind in ExportKind:
            in_csv = as_rows(rpc.training.export_list(kind=kind, format="csv"))
            header, *rows = in_csv
            assert len(rows) == 3, kind
            assert [each for each in header if each.isascii()] == [], kind
            assert [each for row in in_csv for each in row if each.startswith(sheets.FORMULA)] == [], kind
            book = load_workbook(io.BytesIO(content(rpc.training.export_list(kind=kind, format="xlsx"))))
            cells = [cell for row in book.active.iter_rows() for cell in row]
            assert {cell.data_type for cell in cells} <= {"s", "n", "b", "d"}, kind
            assert [str(cell.value) for cell in cells if str(cell.value).startswith(sheets.FORMULA)] == [], kind
            assert book.active.max_row == 4, kind


def content(file: dict[str, str]) -> bytes:
    return base64.b64decode(file["content"])


def as_rows(file: dict[str, str]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content(file).decode("utf-8-sig"))))
