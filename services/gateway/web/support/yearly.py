"""The year's courses and support, both fields side by side, for the page of statistics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.rpc import ask
from services.gateway.web.charts import Chart, Series
from services.gateway.web.words import label, say
from services.training.contract.vocabulary import Topic

FIRST = 2019


def year_of(wanted: int | None, this_year: int) -> int:
    """What makes no sense is this year."""
    return wanted if wanted is not None and FIRST <= wanted <= this_year + 1 else this_year


def yearly(year: int) -> Mapping[str, Any]:
    report = ask("training", "get_yearly_report", {"year": year})
    series = [Series(each["label"], each["values"]) for each in report["chart"]["series"]]
    topics = [{**each, "label": label(Topic(each["name"]))} for each in report["topics"]]
    return {
        "year": year,
        "measures": report["measures"],
        "topics": topics,
        "courses": report["courses"],
        "chart": Chart(say("Courses and support"), say("Measure"), report["chart"]["labels"], series, top=4),
    }
