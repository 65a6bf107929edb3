"""Staff grant an application the bonus that it has a ground for."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.recruitment.domain.judging import JudgingAction, require_bonus
from services.recruitment.domain.points import written
from services.recruitment.domain.selection_log import Kind
from services.recruitment.models import Application
from services.recruitment.schemas.judging import GrantBonus
from services.recruitment.usecases import audit
from services.recruitment.usecases.locking import lock_with_call
from services.recruitment.usecases.selection_logging import append, require_open


def grant_bonus(session: Session, command: GrantBonus, *, actor: Actor, now: datetime) -> Application:
    """The last one counts; 0 takes it away. Raises Forbidden, NotFound, IllegalTransition, Invalid."""
    roles.require_staff(actor)
    call, application = lock_with_call(session, command.application_id)
    require_open(session, call, JudgingAction.GRANT_BONUS)
    require_bonus(command.points, Decimal(call.terms["scoring"]["most_bonus"]))

    content = {"points": written(command.points), "ground": command.ground}
    append(session, call, Kind.BONUS, actor=actor, now=now, application_id=application.id, content=content)
    audit.record(
        session,
        JudgingAction.GRANT_BONUS,
        subject_id=application.id,
        call_id=call.id,
        before={},
        after=content,
        actor=actor,
        now=now,
    )
    return application
