"""Staff draw up a draft anew. A published call is changed by corrections alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import StaleVersion
from services.recruitment.domain.lifecycle import Action, require_draft
from services.recruitment.domain.points import written
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call
from services.recruitment.schemas.calls import CALENDAR, ChangeCall
from services.recruitment.usecases import audit
from services.recruitment.usecases.create_call import criteria, documents, eligibility, offered_units
from services.recruitment.usecases.locking import lock_call


def change_call(session: Session, command: ChangeCall, *, actor: Actor, rules: RecruitmentRules, now: datetime) -> Call:
    """Documents, criteria and eligibility that the command leaves out stay as they are; all else is given anew.

    Raises Forbidden, NotFound, IllegalTransition once it is published, StaleVersion when a colleague has saved in the
    meantime, Invalid as create_call.
    """
    roles.require_staff(actor)
    call = lock_call(session, command.call_id)
    require_draft(call.status, Action.CHANGE)
    if command.version is not None and command.version != call.version:
        raise StaleVersion
    wanted = command.wanted
    wanted.calendar.require_order(rules.centre.zone)

    before = _content(call)
    for name, value in {"title": wanted.title, "summary": wanted.summary, **vars(wanted.calendar)}.items():
        setattr(call, name, value)
    known = {each.unit_id: each for each in call.offered}
    call.offered = [known.get(each.unit_id, each) for each in offered_units(wanted.unit_ids, rules)]
    if wanted.documents is not None:
        call.documents = documents(wanted, rules)
    if wanted.eligibility is not None:
        call.eligibility = eligibility(wanted, rules)
    if wanted.criteria is not None:
        call.criteria = []
        session.flush()  # those of the same ids go first
        call.criteria = criteria(wanted, rules)
    call.version += 1
    after = _content(call)
    changed = [name for name in after if after[name] != before[name]]
    audit.record(
        session,
        Action.CHANGE,
        subject_id=call.id,
        call_id=call.id,
        before=audit.as_json({name: before[name] for name in changed}),
        after=audit.as_json({name: after[name] for name in changed}),
        actor=actor,
        now=now,
    )
    return call


def _content(call: Call) -> dict[str, Any]:
    """What staff write, by the names of the command."""
    names = ("title", "summary", *CALENDAR, "documents", "eligibility")
    return {
        **{name: getattr(call, name) for name in names},
        "unit_ids": [each.unit_id for each in call.offered],
        "criteria": [
            {"id": each.id, "names": each.names, "points": written(each.points), "optional": each.optional}
            for each in call.criteria
        ],
    }
