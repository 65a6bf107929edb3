"""Terms, money and states of a tenancy. Rules: DOMAIN, Recruitment (tenancy), scenarios 28 and 29."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from services.chassis.errors import IllegalTransition
from services.recruitment.contract.vocabulary import LegalType, TenancyStatus
from services.recruitment.domain.tenure_rules import TenancyRules

DAY = timedelta(days=1)


class TenancyAction(StrEnum):
    SIGN = "sign"
    START = "start"
    EXTEND = "extend"
    GIVE_NOTICE = "give_notice"
    END = "end"
    MOVE_OUT = "move_out"
    LAPSE = "lapse"


LIVE = frozenset(set(TenancyStatus) - {TenancyStatus.MOVED_OUT, TenancyStatus.LAPSED})
"""States in which a tenancy has its unit. The database allows one such tenancy per unit."""

_NEXT = {
    (TenancyStatus.UNSIGNED, TenancyAction.SIGN): TenancyStatus.SIGNED,
    (TenancyStatus.UNSIGNED, TenancyAction.LAPSE): TenancyStatus.LAPSED,
    (TenancyStatus.SIGNED, TenancyAction.START): TenancyStatus.ACTIVE,
    (TenancyStatus.ACTIVE, TenancyAction.EXTEND): TenancyStatus.ACTIVE,
    (TenancyStatus.ACTIVE, TenancyAction.GIVE_NOTICE): TenancyStatus.ENDING,
    (TenancyStatus.ACTIVE, TenancyAction.END): TenancyStatus.ENDED,
    (TenancyStatus.ENDING, TenancyAction.END): TenancyStatus.ENDED,
    (TenancyStatus.ENDED, TenancyAction.MOVE_OUT): TenancyStatus.MOVED_OUT,
}


@dataclass(frozen=True)
class Term:
    """Both days belong to it."""

    first: date
    last: date


@dataclass(frozen=True)
class Settlement:
    """In won. refund: of the deposit; owed: what the deposit does not cover."""

    deposit: int
    deductions: int

    @property
    def refund(self) -> int:
        return max(self.deposit - self.deductions, 0)

    @property
    def owed(self) -> int:
        return max(self.deductions - self.deposit, 0)


def after(status: TenancyStatus, action: TenancyAction) -> TenancyStatus:
    """Raises IllegalTransition."""
    if (status, action) not in _NEXT:
        raise IllegalTransition(state=status, wanted=action)
    return _NEXT[status, action]


def term(first: date, rules: TenancyRules, *, extensions: int = 0) -> Term:
    """Return the term: 12 months from 1 June 2020 end on 31 May 2021."""
    months = rules.term_months * (extensions + 1)
    return Term(first, first + relativedelta(months=months) - DAY)


def may_extend(extensions: int, rules: TenancyRules) -> bool:
    return rules.term_months * (extensions + 2) <= rules.most_months


def told_on(last: date, rules: TenancyRules) -> date:
    """Return the day on which the tenant is told of the end and the review opens: 60 days before 31 May, 1 April."""
    return last - rules.told_before


def earliest_end(notified_on: date, rules: TenancyRules) -> date:
    return notified_on + rules.notice


def rent(appraised_value: int, legal_type: LegalType, rules: TenancyRules) -> int:
    """Return the rent of a year in won, fractions dropped."""
    percent = rules.preferred_percent if legal_type in rules.preferred else rules.ordinary_percent
    return appraised_value * percent // 100


def maintenance(area: Decimal, month: date, term: Term, rules: TenancyRules) -> int:
    """Return won for the days of a month (given by its first day) that lie in the term, fractions dropped."""
    days = monthrange(month.year, month.month)[1]
    first, last = max(month, term.first), min(month.replace(day=days), term.last)
    occupied = max((last - first).days + 1, 0)
    return int(area * rules.maintenance_per_m2 * occupied / days)
