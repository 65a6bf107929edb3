"""Last day of a designation, and when its end is announced. Rule: DOMAIN, Recruitment (growth), scenario 35."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from services.recruitment.contract.vocabulary import DesignationKind
from services.recruitment.domain.tenure_rules import GrowthRules


def last_day(kind: DesignationKind, since: date, rules: GrowthRules) -> date | None:
    """Return the last day on which a designation can hold, or None if it has no end."""
    if kind is not DesignationKind.PRELIMINARY_SOCIAL_ENTERPRISE:
        return None
    return since + relativedelta(months=rules.preliminary_months) - timedelta(days=1)


def warned_on(until: date, rules: GrowthRules) -> date:
    """Return the day of the warning before the last day: for three years, after two years and ten months."""
    return until + timedelta(days=1) - relativedelta(months=rules.warning_months)
