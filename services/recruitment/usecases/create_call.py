"""Staff draw up a call. Nobody else sees it until it is published."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.recruitment.domain.lifecycle import Action, CallStatus
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call, Criterion, OfferedUnit
from services.recruitment.schemas.calls import CreateCall
from services.recruitment.usecases import audit


def create_call(session: Session, command: CreateCall, *, actor: Actor, rules: RecruitmentRules, now: datetime) -> Call:
    """Takes over from the profile what the command leaves out: a published call is not touched by a new profile.

    Raises Forbidden, Invalid for a calendar out of order and for documents that the centre does not know, NotFound for
    a unit.
    """
    roles.require_staff(actor)
    command.calendar.require_order(rules.centre.zone)
    call = Call(
        id=ids.new_id(),
        code=_code(session, command.calendar.notice_on.year),
        title=command.title,
        summary=command.summary,
        status=CallStatus.DRAFT,
        **vars(command.calendar),
        documents=documents(command, rules),
        eligibility=eligibility(command, rules),
        terms=_terms(rules),
        receipts_given=0,
        pepper=secrets.token_hex(32),
        created_by=actor.id,
        created_at=now,
        version=1,
        offered=offered_units(command.unit_ids, rules),
        criteria=criteria(command, rules),
    )
    session.add(call)
    after = {"code": call.code, "title": call.title, "unit_ids": list(command.unit_ids)}
    audit.record(
        session, Action.CREATE, subject_id=call.id, call_id=call.id, before={}, after=after, actor=actor, now=now
    )
    session.flush()
    return call


def offered_units(unit_ids: Sequence[str], rules: RecruitmentRules) -> list[OfferedUnit]:
    """Raises NotFound."""
    return [OfferedUnit(unit_id=unit_id, kind=rules.unit(unit_id).kind) for unit_id in sorted(unit_ids)]


def _code(session: Session, year: int) -> str:
    """The next of the year. Two at once are told apart by the constraint, and the second begins again."""
    taken = session.scalar(select(func.count()).select_from(Call).where(Call.code.startswith(f"{year}-")))
    return f"{year}-{(taken or 0) + 1}"


def documents(command: CreateCall, rules: RecruitmentRules) -> list[str]:
    """Those without which nothing is submitted."""
    known = rules.selection.documents
    if command.documents is None:
        return [each.id for each in known.values() if each.required]
    if unknown := set(command.documents) - known.keys():
        raise Invalid(errors={"documents": [_("The centre does not know this document.")]}, unknown=sorted(unknown))
    return list(command.documents)


def eligibility(command: CreateCall, rules: RecruitmentRules) -> dict[str, Any]:
    chosen = rules.selection.eligibility if command.eligibility is None else command.eligibility
    return {rule: dict(terms) for rule, terms in chosen.items()}


def criteria(command: CreateCall, rules: RecruitmentRules) -> list[Criterion]:
    chosen = rules.selection.criteria if command.criteria is None else command.criteria
    return [
        Criterion(id=each.id, position=position, names=dict(each.names), points=each.points, optional=each.optional)
        for position, each in enumerate(chosen, 1)
    ]


def _terms(rules: RecruitmentRules) -> dict[str, Any]:
    """JSON values; decimals as text, so that they stay exact."""
    selection = rules.selection
    return {
        "shortlist_factor": str(selection.shortlist_factor),
        "judges": {"least": selection.judges.least, "most": selection.judges.most},
        "retention_days": selection.retention.days,
        "scoring": rules.scoring.to_terms(),
    }
