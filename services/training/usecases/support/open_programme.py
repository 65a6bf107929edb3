"""Open a year's grants of one stage, with the ceiling of the centre's profile."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.call import Call
from services.training.contract import programmes as contract
from services.training.domain.rules import TrainingRules
from services.training.models.support.programmes import Programme
from services.training.queries.support.programmes import programme_answers


def open_programme(call: Call[TrainingRules], command: contract.OpenProgramme) -> contract.Programme:
    """Raises Forbidden."""
    roles.require_staff(call.actor)
    programme = new_programme(call.session, command, by=call.actor.id, rules=call.profile, now=call.now)
    return programme_answers(call, [programme])[0]


def new_programme(
    session: Session,
    command: contract.OpenProgramme,
    *,
    by: str,
    rules: TrainingRules,
    now: datetime,
    by_award: bool = False,
) -> Programme:
    """by: the person, or the source of the award."""
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
