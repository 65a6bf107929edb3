"""The numbers of scoring, offers, tenancies and growth, from the centre's profile. Defaults: DOMAIN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from services.recruitment.contract.vocabulary import LegalType


@dataclass(frozen=True)
class ScoringRules:
    """trim_from: with so many totals the highest and the lowest do not count. tie_chain: criteria whose means decide
    between equal scores. quorum: totals that an application needs.
    """

    trim_from: int
    quorum: int
    pass_mark: Decimal
    most_bonus: Decimal
    tie_chain: tuple[str, ...]

    def to_terms(self) -> dict[str, Any]:
        """As a call keeps them: JSON values, decimals as text."""
        return {
            "trim_from": self.trim_from,
            "quorum": self.quorum,
            "pass_mark": f"{self.pass_mark:.2f}",
            "most_bonus": f"{self.most_bonus:.2f}",
            "tie_chain": list(self.tie_chain),
        }


@dataclass(frozen=True)
class OfferRules:
    """to_sign: from the day of the offer to the last day on which it can be signed. waiting_list: how long after the
    results a free unit is offered to those who wait.
    """

    to_sign: timedelta
    waiting_list: timedelta


@dataclass(frozen=True)
class TenancyRules:
    """term_months: of the first term and of each extension; most_months: of all of them. told_before: the term's end.
    notice: from a notice to the end. Money in won: deposit; maintenance_per_m2 for a month. Rent is a percentage of the
    unit's appraised value in a year, for the preferred legal types and for others.
    """

    term_months: int
    most_months: int
    told_before: timedelta
    review_pass: Decimal
    notice: timedelta
    deposit: int
    maintenance_per_m2: Decimal
    preferred: frozenset[LegalType]
    preferred_percent: int
    ordinary_percent: int


@dataclass(frozen=True)
class GrowthRules:
    """preliminary_months: the longest that preliminary status is given for. warning_months: so long before its end a
    designation is told to expire. income_percent: of the labour cost. reuse: of the profit, for the social purpose.
    forms: that can be certified.
    """

    preliminary_months: int
    warning_months: int
    income_percent: int
    reuse: Fraction
    least_paid_workers: int
    forms: frozenset[str]
