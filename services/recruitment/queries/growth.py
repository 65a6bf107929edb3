"""Designations, milestones and what is known of an organisation."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.recruitment.domain.readiness import Facts
from services.recruitment.models import CertificationFacts, Designation, Milestone, Tenancy


def designations(session: Session, organisation_id: str) -> Sequence[Designation]:
    chosen = select(Designation).where(Designation.organisation_id == organisation_id)
    return session.scalars(chosen.order_by(Designation.since, Designation.id)).all()


def milestones(session: Session, organisation_id: str) -> Sequence[Milestone]:
    chosen = select(Milestone).where(Milestone.organisation_id == organisation_id)
    return session.scalars(chosen.order_by(Milestone.reached_on, Milestone.id)).all()


def known_facts(session: Session, organisation_id: str) -> CertificationFacts | None:
    return session.get(CertificationFacts, organisation_id)


def facts_of(known: CertificationFacts | None) -> Facts:
    return Facts(**known.facts) if known else Facts()


def last_tenancy(session: Session, organisation_id: str) -> Tenancy | None:
    chosen = select(Tenancy).where(Tenancy.organisation_id == organisation_id)
    return session.scalar(chosen.order_by(Tenancy.id.desc()).limit(1))
