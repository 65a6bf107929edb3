"""Staff publish a call. From here on it is changed by corrections alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.recruitment import events
from services.recruitment.domain.lifecycle import Action, CallStatus, published
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call
from services.recruitment.schemas.calls import CallId
from services.recruitment.usecases import audit
from services.recruitment.usecases.locking import lock_call


def publish_call(session: Session, command: CallId, *, actor: Actor, rules: RecruitmentRules, now: datetime) -> Call:
    """Raises Forbidden, NotFound, IllegalTransition: it is published, or its intake would be over already."""
    roles.require_staff(actor)
    call = lock_call(session, command.call_id)
    status = published(call.status)
    if call.intake_closes_at <= now:
        raise IllegalTransition(
            _("The intake of this call would be over already. Make a call with later dates."),
            state="closed",
            wanted=Action.PUBLISH,
        )

    call.status, call.published_at = status, now
    call.version += 1
    audit.record(
        session,
        Action.PUBLISH,
        subject_id=call.id,
        call_id=call.id,
        before={"status": CallStatus.DRAFT},
        after={"status": status},
        actor=actor,
        now=now,
    )
    emit(session, events.call_published(call, rules), now=now)
    return call
