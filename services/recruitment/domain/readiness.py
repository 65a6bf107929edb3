"""Is an organisation ready to be certified as a social enterprise? The seven requirements, one pure function each.

Rule: DOMAIN, Recruitment (growth) and scenario 35; the requirements are those of the Social Enterprise Promotion Act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.chassis.i18n import msgid as _
from services.recruitment.domain.tenure_rules import GrowthRules


@dataclass(frozen=True)
class Facts:
    """What is known of an organisation. income and labour_cost in won, over the last six months; profit and reused
    (for the social purpose) in won, in the last business year. What is not known counts as not there.
    """

    form: str = ""
    paid_workers: int = 0
    social_purpose: bool = False
    stakeholder_governance: bool = False
    income: int = 0
    labour_cost: int = 0
    articles: bool = False
    profit: int = 0
    reused: int = 0


@dataclass(frozen=True)
class Finding:
    """message: msgid, filled from details."""

    requirement: str
    met: bool
    message: str
    details: Mapping[str, Any] = field(default_factory=dict)


def form(facts: Facts, rules: GrowthRules) -> Finding:
    met = facts.form in rules.forms
    message = _("The legal form can be certified.") if met else _("The legal form cannot be certified.")
    return Finding("form", met, message, {"form": facts.form})


def paid_workers(facts: Facts, rules: GrowthRules) -> Finding:
    details = {"paid_workers": facts.paid_workers, "least": rules.least_paid_workers}
    met = facts.paid_workers >= rules.least_paid_workers
    return Finding("paid_workers", met, _("%(paid_workers)d paid workers; at least %(least)d are needed."), details)


def social_purpose(facts: Facts, _rules: GrowthRules) -> Finding:
    met = facts.social_purpose
    message = _("The social purpose is shown.") if met else _("The social purpose is not shown yet.")
    return Finding("social_purpose", met, message)


def stakeholder_governance(facts: Facts, _rules: GrowthRules) -> Finding:
    met = facts.stakeholder_governance
    message = _("Stakeholders take part in decisions.") if met else _("Stakeholders do not take part in decisions yet.")
    return Finding("stakeholder_governance", met, message)


def income(facts: Facts, rules: GrowthRules) -> Finding:
    """Exact: 49.9 % is not enough, 50.0 % is. Without labour cost there is nothing to measure the income by."""
    met = facts.labour_cost > 0 and facts.income * 100 >= facts.labour_cost * rules.income_percent
    tenths = facts.income * 1000 // facts.labour_cost if facts.labour_cost > 0 else 0
    details = {"percent": f"{tenths // 10}.{tenths % 10}", "least": rules.income_percent}
    message = _("Income is %(percent)s %% of the labour cost; at least %(least)d %% are needed.")
    return Finding("income", met, message, details)


def articles(facts: Facts, _rules: GrowthRules) -> Finding:
    met = facts.articles
    message = _("The articles have what the law asks.") if met else _("The articles do not have what the law asks yet.")
    return Finding("articles", met, message)


def profit_reuse(facts: Facts, rules: GrowthRules) -> Finding:
    """Where there was no profit there is nothing to reuse."""
    met = facts.reused >= rules.reuse * max(facts.profit, 0)
    details = {"reused": facts.reused, "profit": facts.profit, "share": str(rules.reuse)}
    message = _("Of a profit of %(profit)d won %(reused)d went to the social purpose; it has to be %(share)s.")
    return Finding("profit_reuse", met, message, details)


REQUIREMENTS: tuple[Callable[[Facts, GrowthRules], Finding], ...] = (
    form,
    paid_workers,
    social_purpose,
    stakeholder_governance,
    income,
    articles,
    profit_reuse,
)


def assess(facts: Facts, rules: GrowthRules) -> list[Finding]:
    """All seven, met or not."""
    return [requirement(facts, rules) for requirement in REQUIREMENTS]


def is_ready(findings: list[Finding]) -> bool:
    return all(finding.met for finding in findings)
