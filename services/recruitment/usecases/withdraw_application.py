"""An organisation takes its application back, at any time."""

from __future__ import annotations

from services.chassis.call import Call
from services.chassis.events import emit
from services.recruitment import events
from services.recruitment.contract import applications as contract
from services.recruitment.contract.vocabulary import ApplicationStatus, Capacity
from services.recruitment.domain.lifecycle import Action, after
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.usecases import access, audit
from services.recruitment.usecases.locking import lock_with_call
from services.recruitment.usecases.read_applications import application_answer
from services.recruitment.usecases.shortlisting import draw_shortlist


def withdraw_application(call: Call[RecruitmentRules], command: contract.WithdrawApplication) -> contract.Application:
    """Its place in the call is free: the organisation may apply again while the intake lasts. On the
    shortlist the next one moves up, until the interviews begin.

    Raises NotFound, IllegalTransition.
    """
    public_call, application = lock_with_call(call.session, command.application_id)
    access.require_own(call.actor, application)
    before = {"status": application.status}
    application.status = after(ApplicationStatus(application.status), Action.WITHDRAW)
    application.withdrawn_at = application.changed_at = call.now
    application.version += 1
    audit.record(
        call.session,
        Action.WITHDRAW,
        subject_id=application.id,
        call_id=public_call.id,
        before=before,
        after={"status": application.status},
        actor=call.actor,
        now=call.now,
    )
    emit(call.session, events.application_withdrawn(application, public_call, call.profile), now=call.now)
    if public_call.shortlisted_at is not None:
        draw_shortlist(call.session, public_call, actor=access.CENTRE, rules=call.profile, now=call.now)
    return application_answer(call, application, Capacity.APPLICANT)
