"""Publish a call. From here on it is changed by corrections alone."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.recruitment import events
from services.recruitment.contract import calls as contract
from services.recruitment.contract.vocabulary import CallStatus
from services.recruitment.domain.lifecycle import Action, published
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.queries.calls import call_answer
from services.recruitment.usecases import audit
from services.recruitment.usecases.locking import lock_call


def publish_call(call: Call[RecruitmentRules], command: contract.PublishCall) -> contract.Call:
    """Raises Forbidden, NotFound, IllegalTransition if it is published or its intake would be over already."""
    roles.require_staff(call.actor)
    row = lock_call(call.session, command.call_id)
    status = published(row.status)
    if row.intake_closes_at <= call.now:
        raise IllegalTransition(
            _("The intake of this call would be over already. Make a call with later dates."),
            state="closed",
            wanted=Action.PUBLISH,
        )

    row.status, row.published_at = status, call.now
    row.version += 1
    audit.record(
        call.session,
        Action.PUBLISH,
        subject_id=row.id,
        call_id=row.id,
        before={"status": CallStatus.DRAFT},
        after={"status": status},
        actor=call.actor,
        now=call.now,
    )
    emit(call.session, events.call_published(row, call.profile), now=call.now)
    return call_answer(call, row)
