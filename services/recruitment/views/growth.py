"""Designations, milestones and the readiness for certification."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from services.chassis.i18n import translate
from services.recruitment.domain.readiness import assess, is_ready
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import CertificationFacts, Designation, Milestone
from services.recruitment.queries.growth import facts_of

PACKAGE = "services.recruitment"


def designation(of: Designation, today: date, rules: RecruitmentRules) -> dict[str, Any]:
    return {
        "id": of.id,
        "organisation_id": of.organisation_id,
        "kind": of.kind,
        "number": of.number,
        "since": of.since,
        "until": of.until,
        "warn_on": of.warn_on,
        "valid": of.since <= today and (of.until is None or today <= of.until),
        "recorded_at": of.recorded_at.astimezone(rules.centre.zone),
    }


def milestone(of: Milestone) -> dict[str, Any]:
    return {name: getattr(of, name) for name in ("id", "organisation_id", "title", "reached_on", "note")}


def growth(
    organisation_id: str,
    designations: Sequence[Designation],
    milestones: Sequence[Milestone],
    today: date,
    rules: RecruitmentRules,
) -> dict[str, Any]:
    return {
        "organisation_id": organisation_id,
        "designations": [designation(each, today, rules) for each in designations],
        "milestones": [milestone(each) for each in milestones],
    }


def readiness(
    organisation_id: str, known: CertificationFacts | None, rules: RecruitmentRules, locale: str
) -> dict[str, Any]:
    findings = assess(facts_of(known), rules.growth)
    return {
        "organisation_id": organisation_id,
        "ready": is_ready(findings),
        "assessed_at": known.recorded_at.astimezone(rules.centre.zone) if known else None,
        "requirements": [
            {
                "requirement": each.requirement,
                "met": each.met,
                "message": translate(PACKAGE, locale, each.message, each.details),
                "details": dict(each.details),
            }
            for each in findings
        ],
    }
