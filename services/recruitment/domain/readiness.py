"""Readiness for certification as a social enterprise: one pure function for each of the seven requirements.

Rule: DOMAIN, Recruitment (growth) and scenario 35; the requirements are those of the Social Enterprise Promotion Act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from services.chassis.i18n import msgid as _
from services.recruitment.contract.vocabulary import RequirementKind
from services.recruitment.domain.tenure_rules import GrowthRules


@dataclass(frozen=True)
class Facts:
    """Facts about an organisation. What is not known counts as missing.

    income, labour_cost: won over the last six months. profit, reused (for the social purpose): won in the last business
    year.
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
    """message: msgid with places for the details."""

    requirement: RequirementKind
    met: bool
    message: str
    details: Mapping[str, object] = field(default_factory=dict)


def form(facts: Facts, rules: GrowthRules) -> Finding:
    met = facts.form in rules.forms
    message = _("The legal form can be certified.") if met else _("The legal form cannot be certified.")
    return Finding(RequirementKind.FORM, met, message, {"form": facts.form})


def paid_workers(facts: Facts, rules: GrowthRules) -> Finding:
    details = {"paid_workers": facts.paid_workers, "least": rules.least_paid_workers}
    met = facts.paid_workers >= rules.least_paid_workers
    return Finding(RequirementKind.PAID_WORKERS, met, _("Paid workers: %(paid_workers)d (minimum %(least)d)."), details)


def social_purpose(facts: Facts, _rules: GrowthRules) -> Finding:
    met = facts.social_purpose
    message = _("The social purpose is shown.") if met else _("The social purpose is not shown yet.")
    return Finding(RequirementKind.SOCIAL_PURPOSE, met, message)


def stakeholder_governance(facts: Facts, _rules: GrowthRules) -> Finding:
    met = facts.stakeholder_governance
    message = _("Stakeholders take part in decisions.") if met else _("Stakeholders do not take part in decisions yet.")
    return Finding(RequirementKind.STAKEHOLDER_GOVERNANCE, met, message)


def income(facts: Facts, rules: GrowthRules) -> Finding:
    """The comparison is exact: 49.9 % is not enough, 50.0 % is. Without labour cost it is not met."""
    met = facts.labour_cost > 0 and facts.income * 100 >= facts.labour_cost * rules.income_percent
    tenths = facts.income * 1000 // facts.labour_cost if facts.labour_cost > 0 else 0
    details = {"percent": f"{tenths // 10}.{tenths % 10}", "least": rules.income_percent}
    message = _("Income: %(percent)s %% of the labour cost (minimum %(least)d %%).")
    return Finding(RequirementKind.INCOME, met, message, details)


def articles(facts: Facts, _rules: GrowthRules) -> Finding:
    met = facts.articles
    message = (
        _("The articles contain what the law requires.")
        if met
        else _("The articles do not yet contain what the law requires.")
    )
    return Finding(RequirementKind.ARTICLES, met, message)


def profit_reuse(facts: Facts, rules: GrowthRules) -> Finding:
    """Without a profit it is met."""
    met = facts.reused >= rules.reuse * max(facts.profit, 0)
    details = {"reused": facts.reused, "profit": facts.profit, "share": str(rules.reuse)}
    message = _("Used for the social purpose: %(reused)d won of a profit of %(profit)d won (minimum share %(share)s).")
    return Finding(RequirementKind.PROFIT_REUSE, met, message, details)


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
    """Return the findings on all seven requirements."""
    return [requirement(facts, rules) for requirement in REQUIREMENTS]


def is_ready(findings: list[Finding]) -> bool:
    return all(finding.met for finding in findings)
