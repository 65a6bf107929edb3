"""Staff give one applicant a later deadline, for a reason."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.recruitment.contract import applications as contract
from services.recruitment.contract.vocabulary import ApplicationStatus, Capacity
from services.recruitment.domain.lifecycle import Action, after
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.usecases import audit
from services.recruitment.usecases.locking import lock_with_call
from services.recruitment.usecases.read_applications import application_answer


def extend_deadline(call: Call[RecruitmentRules], command: contract.ExtendDeadline) -> contract.Application:
    """Also after the deadline. Never shorter than it was, never into the interviews.

    Raises Forbidden, NotFound, IllegalTransition, Invalid.
    """
    roles.require_staff(call.actor)
    public_call, application = lock_with_call(call.session, command.application_id)
    application.status = after(ApplicationStatus(application.status), Action.EXTEND)
    if not max(call.now, application.deadline) < command.until <= public_call.interviews_start:
        message = _("This must be after the deadline that there is, and not in the interviews.")
        raise Invalid(errors={"until": [message]})

    before = {"deadline": application.deadline.isoformat()}
    application.deadline, application.changed_at = command.until, call.now
    application.version += 1
    audit.record(
        call.session,
        Action.EXTEND,
        subject_id=application.id,
        call_id=public_call.id,
        before=before,
        after={"deadline": command.until.isoformat()},
        actor=call.actor,
        now=call.now,
        reason=command.reason,
    )
    return application_answer(call, application, Capacity.STAFF)
