"""Staff give one applicant a later deadline, for a reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.recruitment.domain.lifecycle import Action, Status, after
from services.recruitment.models import Application
from services.recruitment.schemas.applications import ExtendDeadline
from services.recruitment.usecases import audit
from services.recruitment.usecases.locking import lock_with_call


def extend_deadline(session: Session, command: ExtendDeadline, *, actor: Actor, now: datetime) -> Application:
    """Also after the deadline. Never shorter than it was, never into the interviews.

    Raises Forbidden, NotFound, IllegalTransition, Invalid.
    """
    roles.require_staff(actor)
    call, application = lock_with_call(session, command.application_id)
    application.status = after(Status(application.status), Action.EXTEND)
    if not max(now, application.deadline) < command.until <= call.interviews_start:
        message = _("This must be after the deadline that there is, and not in the interviews.")
        raise Invalid(errors={"until": [message]})

    before = {"deadline": application.deadline.isoformat()}
    application.deadline, application.changed_at = command.until, now
    application.version += 1
    audit.record(
        session,
        Action.EXTEND,
        subject_id=application.id,
        call_id=call.id,
        before=before,
        after={"deadline": command.until.isoformat()},
        actor=actor,
        now=now,
        reason=command.reason,
    )
    return application
