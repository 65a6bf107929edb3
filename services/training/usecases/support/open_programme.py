"""A year's grants of one stage, with the ceiling of the centre's profile."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.training.domain.rules import TrainingRules
from services.training.models.support.programmes import Programme
from services.training.schemas.support.programmes import OpenProgramme


def open_programme(
    session: Session, command: OpenProgramme, *, actor: Actor, rules: TrainingRules, now: datetime
) -> Programme:
    """Raises Forbidden."""
    roles.require_staff(actor)
    return opened(session, command, by=actor.id, rules=rules, now=now)


def opened(
    session: Session, command: OpenProgramme, *, by: str, rules: TrainingRules, now: datetime, by_award: bool = False
) -> Programme:
    programme = Programme(
        id=ids.new_id(),
        **vars(command),
        ceiling=rules.support.ceilings[command.stage],
        opened_by=by,
        opened_at=now,
        by_award=by_award,
    )
    session.add(programme)
    session.flush()
    return programme
