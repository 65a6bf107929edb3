"""Somebody goes on with their organisation's application: a new version of the draft, until the deadline."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.errors import Refused, StaleVersion
from services.recruitment.domain.applications import too_late
from services.recruitment.domain.kinds import UnitKind
from services.recruitment.domain.lifecycle import Action, Status, after
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Call
from services.recruitment.schemas.applications import SaveApplication
from services.recruitment.usecases import access, drafting
from services.recruitment.usecases.locking import lock_application


def save_application(
    session: Session, command: SaveApplication, *, actor: Actor, rules: RecruitmentRules, now: datetime
) -> Application:
    """What was submitted stays so until it is submitted again.

    Raises NotFound, IllegalTransition, StaleVersion when somebody else has saved in the meantime, Refused after the
    deadline, Invalid.
    """
    application = access.require_own(actor, lock_application(session, command.application_id))
    application.status = after(Status(application.status), Action.SAVE)
    if late := too_late(application.deadline, now, rules.centre.zone):
        raise Refused([late])
    if command.version is not None and command.version != application.draft:
        raise StaleVersion(version=application.draft)
    call = session.get_one(Call, application.call_id)
    content = {**application.content, **command.content}
    kind = drafting.kind_of(command.kind or UnitKind(application.kind), call)
    drafting.require_offered(content.get("preferences", []), kind, call)

    application.kind = kind
    application.version += 1
    drafting.mark(application, command.contact, call, rules)
    drafting.write_down(session, application, content, actor=actor, now=now)
    return application
