"""Somebody goes on with their organisation's application: a new version of the draft, until the deadline."""

from __future__ import annotations

from services.chassis.call import Call
from services.chassis.errors import Refused, StaleVersion
from services.recruitment.contract import applications as contract
from services.recruitment.contract.vocabulary import ApplicationStatus, Capacity, UnitKind
from services.recruitment.domain.applications import too_late
from services.recruitment.domain.lifecycle import Action, after
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call as PublicCall
from services.recruitment.usecases import access, drafting
from services.recruitment.usecases.locking import lock_application
from services.recruitment.usecases.read_applications import application_answer


def save_application(call: Call[RecruitmentRules], command: contract.SaveApplication) -> contract.Application:
    """What was submitted stays so until it is submitted again.

    Raises NotFound, IllegalTransition, StaleVersion when somebody else has saved in the meantime, Refused after the
    deadline, Invalid.
    """
    application = access.require_own(call.actor, lock_application(call.session, command.application_id))
    application.status = after(ApplicationStatus(application.status), Action.SAVE)
    if late := too_late(application.deadline, call.now, call.profile.centre.zone):
        raise Refused([late])
    if command.version is not None and command.version != application.draft:
        raise StaleVersion(version=application.draft)
    public_call = call.session.get_one(PublicCall, application.call_id)
    content = {**application.content, **drafting.content_of(command)}
    kind = drafting.kind_of(command.kind or UnitKind(application.kind), public_call)
    drafting.require_offered(content.get("preferences", []), kind, public_call)

    application.kind = kind
    application.version += 1
    drafting.mark(application, command.contact, public_call, call.profile)
    drafting.write_down(call.session, application, content, actor=call.actor, now=call.now)
    return application_answer(call, application, Capacity.APPLICANT)
