"""Cancel a session. It may get one new date (plan_session_again)."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import IllegalTransition
from services.chassis.i18n import msgid as _
from services.training.contract import courses as contract
from services.training.domain.rules import TrainingRules
from services.training.queries.courses.catalogue import session_answer
from services.training.usecases.courses import cancelling, locking


def cancel_session(call: Call[TrainingRules], command: contract.CancelSession) -> contract.Session:
    """Everybody enrolled is told. Raises Forbidden, NotFound, IllegalTransition for one that is over or cancelled."""
    roles.require_staff(call.actor)
    course, session = locking.lock_session(call.session, command.session_id)
    if session.ends_at <= call.now:
        raise IllegalTransition(_("This session is over."), state="over")
    cancelling.cancel(
        call.session,
        course,
        session,
        command.reason_code,
        actor=call.actor,
        rules=call.profile,
        now=call.now,
        note=command.note,
    )
    return session_answer(call, session)
