"""Plan and table of the offices and seats, with their tenants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.gateway import incoming
from services.gateway.client import ask
from services.gateway.web.selection import UNIT, VOCABULARY
from services.gateway.web.shell import READERS, page, pages
from services.gateway.web.words import label, say
from services.recruitment.contract.tenancies import ListUnits, Unit
from services.recruitment.contract.vocabulary import UnitKind, UnitStatus

WIDTH, EDGE, GAP = 360, 6, 4
OFFICES_A_ROW, SEATS_A_ROW = 4, 6
OFFICE_HEIGHT, SEAT_HEIGHT = 72, 44
HALL = 30
"""Height of the name of the co-working room, between the rows."""
LETTERS = 7
"""Letters of an organisation's name that fit into an office."""
SHAPES = {UnitStatus.VACANT: "free", UnitStatus.OFFERED: "promised", UnitStatus.LET: "promised"}
"""Shapes of units in the plan; all others are let."""


@pages.get("/units")
def show_units() -> Any:
    units = ask(ListUnits()).items
    return page(
        "units.html",
        units=units,
        plan=floor(units),
        reads_all=incoming.context().actor.has_role(*READERS),
        vacant=sum(each.status == UnitStatus.VACANT for each in units),
        **VOCABULARY,
    )


def floor(units: Sequence[Unit]) -> dict[str, Any]:
    """Return the plan for pieces.floor: half of the offices above, half below, the seats in the room between them."""
    offices = [each for each in units if each.kind == UnitKind.OFFICE]
    seats = [each for each in units if each.kind != UnitKind.OFFICE]
    half = (len(offices) + 1) // 2
    above, y = _rows(offices[:half], OFFICES_A_ROW, EDGE, OFFICE_HEIGHT)
    room = y
    middle, y = _rows(seats, SEATS_A_ROW, y + HALL, SEAT_HEIGHT) if seats else ([], y)
    below, y = _rows(offices[half:], OFFICES_A_ROW, y + (HALL // 2 if seats else 0), OFFICE_HEIGHT)
    return {
        "title": say("Plan of the offices and seats; the table tells the same"),
        "width": WIDTH,
        "height": y - GAP + EDGE,
        "rooms": [{"name": say("Co-working room"), "x": WIDTH // 2, "y": room + HALL - 10}] if seats else [],
        "units": [*above, *middle, *below],
    }


def _rows(units: Sequence[Unit], a_row: int, top: int, height: int) -> tuple[list[dict[str, Any]], int]:
    """Place the units in rows from `top` on. Return them, and the top of the next row."""
    width = (WIDTH - 2 * EDGE - (a_row - 1) * GAP) // a_row
    placed = [
        {
            **_inscription(each),
            "x": EDGE + (number % a_row) * (width + GAP),
            "y": top + (number // a_row) * (height + GAP),
            "width": width,
            "height": height,
        }
        for number, each in enumerate(units)
    ]
    rows = (len(units) + a_row - 1) // a_row
    return placed, top + rows * (height + GAP)


def _inscription(unit: Unit) -> dict[str, str]:
    """Return what is written on a unit. A seat has room for its number alone."""
    is_seat = unit.kind != UnitKind.OFFICE
    sub = unit.occupant.organisation_name if unit.occupant else label(unit.status)
    return {
        "name": unit.name.split()[-1] if is_seat else unit.name,
        "sub": "" if is_seat else _short(sub),
        "state": SHAPES.get(unit.status, "let"),
        "mark": UNIT[unit.status],
    }


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"
