"""The yearly report: what the centre did in its two fields, side by side. Source: DOMAIN, The first centre (statistics
split by field).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from services.centre.vocabulary import Field
from services.chassis.i18n import msgid as _

COUNTED = (
    _("courses"),
    _("sessions"),
    _("hours"),
    _("people"),
    _("certificates"),
    _("consultations"),
    _("consultations_reported"),
    _("introductions"),
    _("contracts"),
    _("communities"),
    _("granted_won"),
    _("visits"),
    _("visits_reported"),
    _("assets"),
    _("voices"),
    _("findings"),
    _("meetings"),
    _("tenancies_started"),
    _("tenancies_ended"),
    _("designations"),
)
"""In the order of the report."""
CHARTED = ("courses", "people", "certificates", "consultations", "communities", "visits")

Number = int | Decimal
ByField = Mapping[str, Number]


@dataclass(frozen=True)
class Year:
    """A calendar year of the centre's zone."""

    number: int
    zone: ZoneInfo

    @property
    def start(self) -> datetime:
        return datetime(self.number, 1, 1, tzinfo=self.zone)

    @property
    def end(self) -> datetime:
        return datetime(self.number + 1, 1, 1, tzinfo=self.zone)

    @property
    def first_day(self) -> date:
        return date(self.number, 1, 1)

    @property
    def day_after(self) -> date:
        return date(self.number + 1, 1, 1)


@dataclass(frozen=True)
class Measure:
    """total: of people each is counted once, however many fields they came to; else the sum."""

    name: str
    by_field: ByField
    total: Number


@dataclass(frozen=True)
class Rated:
    """What was said of a topic or a course. mean: of ratings from 1 to 5; None where there is none."""

    name: str
    number: int
    answers: int
    mean: Decimal | None


@dataclass(frozen=True)
class YearlyReport:
    """topics: consultations by topic with their satisfaction. courses: surveys by course."""

    year: int
    measures: tuple[Measure, ...]
    topics: tuple[Rated, ...]
    courses: tuple[Rated, ...]


def measure(name: str, by_field: ByField, total: Number | None = None) -> Measure:
    whole: dict[str, Number] = {each: by_field.get(each, 0) for each in Field}
    return Measure(name, whole, total if total is not None else sum(whole.values(), start=0))
