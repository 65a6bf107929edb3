"""Staff cancel a session. It may get one new date (plan_session_again)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition
from services.chassis.i18n import msgid as _
from services.training.domain.rules import TrainingRules
from services.training.models.courses import CourseSession
from services.training.schemas.courses.commands import CancelSession
from services.training.usecases.courses import cancelling, locking


def cancel_session(
    session: Session, command: CancelSession, *, actor: Actor, rules: TrainingRules, now: datetime
) -> CourseSession:
    """Everybody enrolled is told. Raises Forbidden, NotFound, IllegalTransition for one that is over or cancelled."""
    roles.require_staff(actor)
    course, cancelled = locking.lock_session(session, command.session_id)
    if cancelled.ends_at <= now:
        raise IllegalTransition(_("This session is over."), state="over")
    cancelling.cancel(
        session, course, cancelled, command.reason_code, actor=actor, rules=rules, now=now, note=command.note
    )
    return cancelled
