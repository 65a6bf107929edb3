"""The floor: who is in which office and on which seat, as a plan and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.gateway import incoming
from services.gateway.api.operations import ask
from services.gateway.web.selection import UNIT, VOCABULARY
from services.gateway.web.shell import READERS, page, pages
from services.gateway.web.words import say

WIDTH, EDGE, GAP = 360, 6, 4
OFFICES_A_ROW, SEATS_A_ROW = 4, 6
OFFICE_HEIGHT, SEAT_HEIGHT = 72, 44
HALL = 30
"""Between the rows: the co-working room with its name."""
LETTERS = 7
"""Of an organisation's name, so many fit into an office."""
SHAPES = {"vacant": "free", "offered": "promised", "let": "promised"}
"""Of a unit in the plan; all others are let."""

Units = Sequence[Mapping[str, Any]]


@pages.get("/units")
def show_units() -> Any:
    units = ask("recruitment", "list_units")["items"]
    return page(
        "units.html",
        units=units,
        plan=floor(units),
        reads_all=incoming.context().actor.has_role(*READERS),
        vacant=sum(each["status"] == "vacant" for each in units),
        **VOCABULARY,
    )


def floor(units: Units) -> dict[str, Any]:
    """For pieces.floor: half of the offices above, half below, the seats in the room between them."""
    offices = [each for each in units if each["kind"] == "office"]
    seats = [each for each in units if each["kind"] != "office"]
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


def _rows(units: Units, a_row: int, top: int, height: int) -> tuple[list[dict[str, Any]], int]:
    """The units in rows from `top` on, and where the next row would begin."""
    width = (WIDTH - 2 * EDGE - (a_row - 1) * GAP) // a_row
    placed = [
        {
            **_told(each),
            "x": EDGE + (number % a_row) * (width + GAP),
            "y": top + (number // a_row) * (height + GAP),
            "width": width,
            "height": height,
        }
        for number, each in enumerate(units)
    ]
    rows = (len(units) + a_row - 1) // a_row
    return placed, top + rows * (height + GAP)


def _told(unit: Mapping[str, Any]) -> dict[str, Any]:
    """A seat has room for its number alone."""
    is_seat = unit["kind"] != "office"
    occupant = unit["occupant"]["organisation_name"] if unit["occupant"] else ""
    sub = occupant or say(UNIT[unit["status"]][1])
    return {
        "name": unit["name"].split()[-1] if is_seat else unit["name"],
        "sub": "" if is_seat else _short(sub),
        "state": SHAPES.get(unit["status"], "let"),
        "mark": UNIT[unit["status"]][0],
    }


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"
