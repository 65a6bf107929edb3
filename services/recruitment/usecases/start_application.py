"""Somebody begins an application for their organisation. Others of it may go on with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.errors import Refusal, Refused
from services.recruitment.domain import refusals
from services.recruitment.domain.applications import too_late
from services.recruitment.domain.lifecycle import Action, Status
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Call
from services.recruitment.schemas.applications import StartApplication
from services.recruitment.usecases import access, audit, drafting
from services.recruitment.usecases.locking import lock_call


def start_application(
    session: Session, command: StartApplication, *, actor: Actor, rules: RecruitmentRules, now: datetime
) -> Application:
    """A draft, with whatever is known already. It may be begun before the intake opens.

    Raises Forbidden, NotFound, Invalid, Refused when it is too late or the organisation has an application already.
    """
    roles.require_person(actor)
    call = access.require_visible(actor, lock_call(session, command.call_id))
    access.require_member(actor, command.organisation_id)
    if found := _refused(session, command, call, rules, now):
        raise Refused(found)
    kind = drafting.kind_of(command.kind, call)
    drafting.require_offered(command.content.get("preferences", []), kind, call)

    application = Application(
        id=ids.new_id(),
        call_id=call.id,
        organisation_id=command.organisation_id,
        applicant_id=actor.id,
        applicant_name=actor.name,
        kind=kind,
        status=Status.DRAFT,
        marks={},
        draft=0,
        deadline=call.intake_closes_at,
        facts={},
        created_at=now,
        version=1,
    )
    drafting.mark(application, command.contact, call, rules)
    drafting.write_down(session, application, command.content, actor=actor, now=now)
    audit.record(
        session,
        Action.START,
        subject_id=application.id,
        call_id=call.id,
        before={},
        after={"status": Status.DRAFT, "organisation_id": application.organisation_id},
        actor=actor,
        now=now,
    )
    return application


def _refused(
    session: Session, command: StartApplication, call: Call, rules: RecruitmentRules, now: datetime
) -> list[Refusal]:
    late = too_late(call.intake_closes_at, now, rules.centre.zone)
    live = select(Application.id).where(
        Application.call_id == call.id,
        Application.organisation_id == command.organisation_id,
        Application.status != Status.WITHDRAWN,
    )
    other = session.scalar(live)
    return ([late] if late else []) + ([refusals.already_applied(other)] if other else [])
