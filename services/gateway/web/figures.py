"""For staff and auditors: statistics as charts, the two fields side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from flask import request

from services.booking.contract.decisions import GetStatistics, SpaceMonth, Statistics, Utilisation
from services.centre.vocabulary import Field
from services.gateway.client import ask
from services.gateway.web import words
from services.gateway.web.addresses import whole_number
from services.gateway.web.charts import Chart, Series
from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, page, pages, roles_only
from services.gateway.web.support.yearly import year_of, yearly
from services.gateway.web.words import say

MOST_MONTHS = 24
USUAL_MONTHS = 6


@pages.get("/statistics")
@roles_only(*READERS)
def show_statistics() -> Any:
    plan = Plan.of()
    first, last = _months(plan.today)
    end = last + relativedelta(months=1)
    statistics = ask(GetStatistics(start=first, end=end))
    months = [f"{first + relativedelta(months=each):%Y-%m}" for each in range(_count(first, end))]
    return page(
        "statistics.html",
        plan=plan,
        first=f"{first:%Y-%m}",
        last=f"{last:%Y-%m}",
        charts=_charts(statistics, months, plan),
        totals=_totals(statistics.rows),
        yearly=yearly(year_of(whole_number(request.args.get("year")), plan.today.year)),
    )


def _charts(statistics: Statistics, months: Sequence[str], plan: Plan) -> dict[str, Chart]:
    rows = statistics.rows
    names = [words.month(each) for each in months]
    short = [str(int(each[5:])) for each in months]
    of_months = say("Month")
    spaces = [each.name for each in plan.spaces]
    return {
        "bookings": Chart(
            say("Bookings a month"),
            of_months,
            names,
            [Series(words.label(field), _by_month(rows, months, "bookings", field)) for field in Field],
            short_labels=short,
        ),
        "attendees": Chart(
            say("People a month"),
            of_months,
            names,
            [Series(words.label(field), _by_month(rows, months, "attendees", field)) for field in Field],
            short_labels=short,
        ),
        "hours": Chart(
            say("Hours by space"),
            say("Space"),
            spaces,
            [
                Series(
                    words.label(field),
                    [
                        _sum(each.hours for each in rows if each.space_id == space.id and each.field is field)
                        for space in plan.spaces
                    ],
                )
                for field in Field
            ],
        ),
        "utilisation": Chart(
            say("How much of the opening hours the spaces were in use"),
            say("Space"),
            spaces,
            [Series(say("Share"), [_share(statistics.utilisation, each.id) for each in plan.spaces])],
            told=_percent,
            top=0.2,
        ),
        "walk_ins": Chart(
            say("People who came without a booking"),
            of_months,
            names,
            [
                Series(
                    say("People"),
                    [_sum(each.came for each in statistics.walk_ins if each.month == month) for month in months],
                )
            ],
            short_labels=short,
        ),
    }


def _totals(rows: Sequence[SpaceMonth]) -> list[dict[str, str | float]]:
    """Return one row for each field."""
    counted = ("bookings", "attendees", "hours", "pending", "cancelled", "rejected", "expired", "no_shows")
    return [
        {
            "field": words.label(field),
            **{name: _sum(getattr(each, name) for each in rows if each.field is field) for name in counted},
        }
        for field in Field
    ]


def _by_month(rows: Iterable[SpaceMonth], months: Sequence[str], number: str, field: Field) -> list[float | None]:
    by_month = dict.fromkeys(months, 0.0)
    for each in rows:
        if each.field is field and each.month in by_month:
            by_month[each.month] += getattr(each, number)
    return [_plain(each) for each in by_month.values()]


def _share(rows: Iterable[Utilisation], space_id: str) -> float | None:
    own = [each for each in rows if each.space_id == space_id]
    open_hours = sum(each.open_hours for each in own)
    return sum(each.hours for each in own) / open_hours if open_hours else None


def _sum(values: Iterable[float]) -> float:
    return _plain(sum(values))


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.0f} %"


def _months(today: date) -> tuple[date, date]:
    """Return the first and last month: the requested ones, or the last half year if they make no sense."""
    first, last = _month(request.args.get("from")), _month(request.args.get("to"))
    if first and last and first <= last < first + relativedelta(months=MOST_MONTHS):
        return first, last
    this = today.replace(day=1)
    return this - relativedelta(months=USUAL_MONTHS - 2), this + relativedelta(months=1)


def _count(first: date, end: date) -> int:
    return (end.year - first.year) * 12 + end.month - first.month


def _month(text: str | None) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
