"""Designations, milestones and readiness of an organisation."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.entrypoints import Call
from services.chassis.i18n import translate
from services.recruitment.contract import growth as contract
from services.recruitment.domain.readiness import Facts, assess, is_ready
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import CertificationFacts, Designation, Milestone, Tenancy

PACKAGE = "services.recruitment"


def designations(session: Session, organisation_id: str) -> Sequence[Designation]:
    chosen = select(Designation).where(Designation.organisation_id == organisation_id)
    return session.scalars(chosen.order_by(Designation.since, Designation.id)).all()


def milestones(session: Session, organisation_id: str) -> Sequence[Milestone]:
    chosen = select(Milestone).where(Milestone.organisation_id == organisation_id)
    return session.scalars(chosen.order_by(Milestone.reached_on, Milestone.id)).all()


def last_tenancy(session: Session, organisation_id: str) -> Tenancy | None:
    chosen = select(Tenancy).where(Tenancy.organisation_id == organisation_id)
    return session.scalar(chosen.order_by(Tenancy.id.desc()).limit(1))


# --- answers


def designation_answer(call: Call[RecruitmentRules], row: Designation) -> contract.Designation:
    zone = call.profile.centre.zone
    today = call.now.astimezone(zone).date()
    return contract.Designation.of(row, zone, valid=row.since <= today and (row.until is None or today <= row.until))


def milestone_answer(call: Call[RecruitmentRules], row: Milestone) -> contract.Milestone:
    return contract.Milestone.of(row, call.profile.centre.zone)


def readiness_answer(
    call: Call[RecruitmentRules], organisation_id: str, row: CertificationFacts | None
) -> contract.Readiness:
    """Assess an organisation by its recorded facts. Without them nothing counts as met."""
    findings = assess(Facts(**row.facts) if row else Facts(), call.profile.growth)
    locale = call.context.locale
    return contract.Readiness(
        organisation_id=organisation_id,
        ready=is_ready(findings),
        assessed_at=row.recorded_at.astimezone(call.profile.centre.zone) if row else None,
        requirements=[
            contract.Requirement(
                requirement=each.requirement,
                met=each.met,
                message=translate(PACKAGE, locale, each.message, each.details),
                details=dict(each.details),
            )
            for each in findings
        ],
    )
