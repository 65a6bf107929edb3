"""What other services tell of the centre's tenants is kept for the yearly report, each thing once."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from services.chassis.db import insert_once
from services.training.models.support.network import Milestone
from services.training.schemas.support.heard import EndedTenancy, RecordedDesignation, StartedTenancy


def count_started_tenancy(session: Session, told: StartedTenancy) -> None:
    _count(session, "tenancy_started", told.tenancy_id, told.organisation_id, told.starts_on)


def count_ended_tenancy(session: Session, told: EndedTenancy) -> None:
    _count(session, "tenancy_ended", told.tenancy_id, told.organisation_id, told.ended_on)


def count_designation(session: Session, told: RecordedDesignation) -> None:
    _count(session, "designation_recorded", told.designation_id, told.organisation_id, told.since)


def _count(session: Session, kind: str, subject: str, organisation_id: str, happened_on: date) -> None:
    """The same kind of thing happens to a subject once on a day, however often it is told."""
    insert_once(
        session,
        Milestone.__table__,
        key=f"{kind}:{subject}:{happened_on.isoformat()}",
        kind=kind,
        organisation_id=organisation_id,
        happened_on=happened_on,
    )
