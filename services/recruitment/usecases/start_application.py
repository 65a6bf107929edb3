"""Somebody begins an application for their organisation. Others of it may go on with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.call import Call
from services.chassis.errors import Refusal, Refused
from services.recruitment.contract import applications as contract
from services.recruitment.contract.vocabulary import ApplicationStatus, Capacity
from services.recruitment.domain import refusals
from services.recruitment.domain.applications import too_late
from services.recruitment.domain.lifecycle import Action
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application
from services.recruitment.models import Call as PublicCall
from services.recruitment.usecases import access, audit, drafting
from services.recruitment.usecases.locking import lock_call
from services.recruitment.usecases.read_applications import application_answer


def start_application(call: Call[RecruitmentRules], command: contract.StartApplication) -> contract.Application:
    """A draft, with whatever is known already. It may be begun before the intake opens.

    Raises Forbidden, NotFound, Invalid, Refused when it is too late or the organisation has an application already.
    """
    roles.require_person(call.actor)
    public_call = access.require_visible(call.actor, lock_call(call.session, command.call_id))
    access.require_member(call.actor, command.organisation_id)
    if found := _refused(call.session, command, public_call, call.profile, call.now):
        raise Refused(found)
    content = drafting.content_of(command)
    kind = drafting.kind_of(command.kind, public_call)
    drafting.require_offered(content.get("preferences", []), kind, public_call)

    application = Application(
        id=ids.new_id(),
        call_id=public_call.id,
        organisation_id=command.organisation_id,
        applicant_id=call.actor.id,
        applicant_name=call.actor.name,
        kind=kind,
        status=ApplicationStatus.DRAFT,
        marks={},
        draft=0,
        deadline=public_call.intake_closes_at,
        facts={},
        created_at=call.now,
        version=1,
    )
    drafting.mark(application, command.contact, public_call, call.profile)
    drafting.write_down(call.session, application, content, actor=call.actor, now=call.now)
    audit.record(
        call.session,
        Action.START,
        subject_id=application.id,
        call_id=public_call.id,
        before={},
        after={"status": ApplicationStatus.DRAFT, "organisation_id": application.organisation_id},
        actor=call.actor,
        now=call.now,
    )
    return application_answer(call, application, Capacity.APPLICANT)


def _refused(
    session: Session,
    command: contract.StartApplication,
    public_call: PublicCall,
    rules: RecruitmentRules,
    now: datetime,
) -> list[Refusal]:
    late = too_late(public_call.intake_closes_at, now, rules.centre.zone)
    live = select(Application.id).where(
        Application.call_id == public_call.id,
        Application.organisation_id == command.organisation_id,
        Application.status != ApplicationStatus.WITHDRAWN,
    )
    other = session.scalar(live)
    return ([late] if late else []) + ([refusals.already_applied(other)] if other else [])
