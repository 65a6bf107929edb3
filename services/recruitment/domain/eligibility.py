"""Who may apply: one pure function for each rule, called by its name from the rules of a call, which are data.

Every rule gives a verdict with its reason, whether it passed or not. Source: DOMAIN, Recruitment (eligible), scenario
21.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from services.recruitment.contract.vocabulary import LegalType, UnitKind

Terms = Mapping[str, Any]


@dataclass(frozen=True)
class Candidate:
    """What the rules want to know of an organisation, as declared or as staff found it.

    status_since: of the legal type (certified, designated or founded as such). relocates_by: when it is not in the
    district yet.
    """

    kind: UnitKind
    legal_type: LegalType
    status_since: date
    founded_on: date
    in_district: bool
    relocates_by: date | None
    incubated_elsewhere: bool


@dataclass(frozen=True)
class Days:
    """The days of the call that rules reckon from."""

    notice_on: date
    move_in_on: date


@dataclass(frozen=True)
class Verdict:
    """reason: a code, whose words are in domain/refusals.py. details: JSON values."""

    rule: str
    passed: bool
    reason: str
    details: Mapping[str, Any]


def legal_type(candidate: Candidate, terms: Terms, _: Days) -> Verdict:
    passed = candidate.legal_type in terms[candidate.kind]
    reason = "legal_type_admitted" if passed else "legal_type_not_admitted"
    details = {"legal_type": str(candidate.legal_type), "kind": str(candidate.kind)}
    return Verdict("legal_type", passed, reason, details)


def status_date(candidate: Candidate, _: Terms, days: Days) -> Verdict:
    """On the notice date itself is in time."""
    passed = candidate.status_since <= days.notice_on
    details = {"status_since": candidate.status_since.isoformat(), "notice_on": days.notice_on.isoformat()}
    return Verdict("status_date", passed, "status_in_time" if passed else "status_too_late", details)


def district(candidate: Candidate, terms: Terms, days: Days) -> Verdict:
    """In the district, or there within so many months of moving in, the last day included."""
    if candidate.in_district:
        return Verdict("district", True, "in_district", {})
    latest = days.move_in_on + relativedelta(months=terms["relocation_months"])
    by = candidate.relocates_by
    details = {"latest": latest.isoformat(), "months": terms["relocation_months"]}
    if by is None:
        return Verdict("district", False, "not_in_district", details)
    passed = by <= latest
    told = {**details, "relocates_by": by.isoformat()}
    return Verdict("district", passed, "relocates_in_time" if passed else "relocates_too_late", told)


def not_incubated_elsewhere(candidate: Candidate, _: Terms, __: Days) -> Verdict:
    passed = not candidate.incubated_elsewhere
    reason = "incubated_nowhere" if passed else "incubated_elsewhere"
    return Verdict("not_incubated_elsewhere", passed, reason, {})


def venture_age(candidate: Candidate, terms: Terms, days: Days) -> Verdict:
    """Asked of social ventures alone: younger than so many years on the notice date."""
    if candidate.legal_type is not LegalType.SOCIAL_VENTURE:
        return Verdict("venture_age", True, "no_venture", {})
    years = terms["years"]
    passed = candidate.founded_on > days.notice_on - relativedelta(years=years)
    details = {
        "founded_on": candidate.founded_on.isoformat(),
        "years": years,
        "notice_on": days.notice_on.isoformat(),
    }
    return Verdict("venture_age", passed, "young_enough" if passed else "too_old", details)


RULES: Mapping[str, Callable[[Candidate, Terms, Days], Verdict]] = {
    rule.__name__: rule for rule in (legal_type, status_date, district, not_incubated_elsewhere, venture_age)
}


def judge(candidate: Candidate, eligibility: Mapping[str, Terms], days: Days) -> list[Verdict]:
    """What each rule of the call says, in their order."""
    return [RULES[rule](candidate, eligibility[rule], days) for rule in RULES if rule in eligibility]
