"""For staff: all rooms of a week at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import request

from services.gateway.web.plan import Plan
from services.gateway.web.shell import READERS, page, pages, roles_only

DAYS = 7


@pages.get("/week")
@roles_only(*READERS)
def show_week() -> Any:
    try:
        wanted = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        wanted = Plan.of().today
    monday = wanted - timedelta(days=wanted.weekday())
    plan = Plan.of(monday, DAYS)
    days = [
        {
            "day": each,
            "opens": plan.day(each).opens,
            "holiday": plan.holiday(each),
            "closures": plan.closures(each),
            "is_today": each == plan.today,
            "is_over": each < plan.today,
            "is_past_here": each < plan.today <= monday + timedelta(days=DAYS - 1),
        }
        for each in plan.days
    ]
    rows = [
        {
            "space": space,
            "cells": [{"day": day, "taken": plan.taken(of, space)} for of, day in zip(plan.days, days, strict=True)],
        }
        for space in plan.spaces
    ]
    return page(
        "week.html",
        plan=plan,
        days=days,
        rows=rows,
        before=monday - timedelta(days=DAYS),
        after=monday + timedelta(days=DAYS),
        last=monday + timedelta(days=DAYS - 1),
    )
