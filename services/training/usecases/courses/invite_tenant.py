"""A tenancy has started: the tenant is invited to the induction course. Source: CONTRACTS, Flows, 3."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.db import insert_once
from services.training.domain.rules import TrainingRules
from services.training.models.courses import Invitation
from services.training.schemas.courses.heard import StartedTenancy
from services.training.usecases.courses import inviting


def invite_tenant(session: Session, heard: StartedTenancy, *, rules: TrainingRules, now: datetime) -> None:
    """Once for each tenancy. Without a course to invite to, the invitation waits for one to be published."""
    insert_once(
        session,
        Invitation.__table__,
        tenancy_id=heard.tenancy_id,
        organisation_id=heard.organisation_id,
        person_id=heard.person_id,
        course_id=None,
        invited_at=None,
    )
    if course := inviting.open_induction(session, now):
        inviting.invite_all(session, course, rules=rules, now=now)
