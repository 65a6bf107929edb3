"""/dev/pieces: every piece of pieces.html together, in development mode alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, request

from services.gateway.identity import local
from services.gateway.web.charts import Chart, Series
from services.gateway.web.forms import Complaints
from services.gateway.web.shell import page, pages
from services.gateway.web.timeline import Day, Row, Taken, Timeline
from services.recruitment.contract.vocabulary import Counted

NOON = datetime(2020, 3, 20, 12, tzinfo=ZoneInfo("Asia/Seoul"))


@pages.get("/dev/pieces")
def show_pieces() -> Any:
    local.require(request, current_app.extensions["config"])
    days = [NOON.date() + timedelta(days=number) for number in range(7)]
    return page(
        "dev_pieces.html",
        timeline=_timeline(),
        days=[
            [{"day": each, "href": f"?day={each}", "current": each == days[1]} for each in days[:6]]
            + [_closed(days[6])]
        ],
        hours=[
            {"hour": hour, "href": "?" if hour != 14 else None, "chosen": hour in {10, 11}, "word": "…"}
            for hour in range(9, 18)
        ],
        refused=Complaints({"title": ["…"]}, ["…"]),
        alternatives=[{"value": "a", "label": "10:00–12:00"}, {"value": "b", "label": "13:00–15:00"}],
        bars=Chart("Bars", "Month", ["1", "2", "3"], [Series("A", [3, 5, 8]), Series("B", [2, 0, 4])]),
        lines=Chart("Lines", "Month", ["1", "2", "3"], [Series("A", [3, 5, 8]), Series("B", [2, 6, 4])]),
        floor=_floor(),
        judged=[{"id": "team", "name": "Team", "points": "30"}, {"id": "fit", "name": "Fit", "points": "15"}],
        totals=[
            {"seat": seat, "scores": {"team": "24.00", "fit": f"{seat}.50"}, "total": f"{24 + seat}.50", "counted": how}
            for seat, how in enumerate((Counted.LOWEST, Counted.YES, Counted.HIGHEST), 1)
        ],
        criteria=[
            {"id": "team", "name": "Team", "most": 30, "value": 24, "comment": "…"},
            {"id": "fit", "name": "Fit", "most": 15, "value": None},
        ],
    )


def _closed(day: Any) -> dict[str, Any]:
    return {"day": day, "href": None, "why": "…", "says_why": True}


def _timeline() -> Timeline:
    hours = range(9, 21)
    day = Day(NOON.date(), NOON.replace(hour=9), NOON.replace(hour=18), NOON.tzinfo, hours)  # type: ignore[arg-type]
    taken = [
        Taken(NOON.replace(hour=10), NOON.replace(hour=12), "taken"),
        Taken(NOON.replace(hour=13), NOON.replace(hour=14), "asked"),
        Taken(NOON.replace(hour=15), NOON.replace(hour=17), "taken", ("A",), "B", None),
    ]
    return Timeline("Timeline", "Room", hours, [Row("A", day.cells(taken)), Row("B", day.cells([]))], 190)


def _floor() -> dict[str, Any]:
    unit = {"y": 4, "width": 150, "height": 100}
    return {
        "title": "Floor",
        "width": 480,
        "height": 108,
        "units": [
            {**unit, "x": 4, "name": "A-1", "sub": "free", "state": "free", "mark": "free"},
            {**unit, "x": 160, "name": "A-2", "sub": "let", "state": "let", "mark": "taken"},
            {**unit, "x": 316, "name": "A-3", "sub": "promised", "state": "promised", "mark": "asked"},
        ],
    }
