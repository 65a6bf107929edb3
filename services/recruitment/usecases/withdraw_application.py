"""An organisation takes its application back, at any time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.events import emit
from services.recruitment import events
from services.recruitment.domain.lifecycle import Action, Status, after
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application
from services.recruitment.schemas.applications import ApplicationId
from services.recruitment.usecases import access, audit
from services.recruitment.usecases.locking import lock_with_call
from services.recruitment.usecases.shortlisting import draw_shortlist


def withdraw_application(
    session: Session, command: ApplicationId, *, actor: Actor, rules: RecruitmentRules, now: datetime
) -> Application:
    """Its place in the call is free: the organisation may apply again while the intake lasts. On the
    shortlist the next one moves up, until the interviews begin.

    Raises NotFound, IllegalTransition.
    """
    call, application = lock_with_call(session, command.application_id)
    access.require_own(actor, application)
    before = {"status": application.status}
    application.status = after(Status(application.status), Action.WITHDRAW)
    application.withdrawn_at = application.changed_at = now
    application.version += 1
    audit.record(
        session,
        Action.WITHDRAW,
        subject_id=application.id,
        call_id=call.id,
        before=before,
        after={"status": application.status},
        actor=actor,
        now=now,
    )
    emit(session, events.application_withdrawn(application, call, rules), now=now)
    if call.shortlisted_at is not None:
        draw_shortlist(session, call, actor=access.CENTRE, rules=rules, now=now)
    return application
