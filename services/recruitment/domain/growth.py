"""How long a designation holds, and when its end is told. Rule: DOMAIN, Recruitment (growth), scenario 35."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from services.recruitment.domain.tenure_rules import GrowthRules


class Designation(StrEnum):
    """What an organisation is recognised as."""

    PRELIMINARY_SOCIAL_ENTERPRISE = "preliminary_social_enterprise"
    SOCIAL_ENTERPRISE = "social_enterprise"
    VILLAGE_ENTERPRISE = "village_enterprise"
    SELF_SUPPORT_ENTERPRISE = "self_support_enterprise"
    SOCIAL_VENTURE = "social_venture"


def last_day(designation: Designation, since: date, rules: GrowthRules) -> date | None:
    """The last day on which it can hold; None: it has no end."""
    if designation is not Designation.PRELIMINARY_SOCIAL_ENTERPRISE:
        return None
    return since + relativedelta(months=rules.preliminary_months) - timedelta(days=1)


def warned_on(until: date, rules: GrowthRules) -> date:
    """until: its last day. Of three years the warning comes after two years and ten months."""
    return until + timedelta(days=1) - relativedelta(months=rules.warning_months)
