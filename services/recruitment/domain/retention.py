"""How long the data of those who were not chosen is kept. Source: DOMAIN, Recruitment (privacy), scenario 40."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

KEPT = ("legal_type", "in_district")
"""What of an application stays, for statistics: it says nothing about who it was."""


def purged_from(results_at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The midnight after the last day on which the data is kept: results on 28 April and 90 days are 27 July."""
    last: date = results_at.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)


def anonymous(content: dict[str, Any]) -> dict[str, Any]:
    return {name: content[name] for name in KEPT if name in content}
