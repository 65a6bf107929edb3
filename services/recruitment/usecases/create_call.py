"""Draw up a call. Nobody but staff and auditors sees it until it is published."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.call import Call
from services.chassis.contract_schemas import request_schema
from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.recruitment.contract import calls as contract
from services.recruitment.contract.vocabulary import CallStatus
from services.recruitment.domain.calls import Calendar
from services.recruitment.domain.lifecycle import Action
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call as PublicCall
from services.recruitment.models import Criterion, OfferedUnit
from services.recruitment.queries.calls import call_answer
from services.recruitment.usecases import audit


def create_call(call: Call[RecruitmentRules], command: contract.CreateCall) -> contract.Call:
    """Copy from the profile what the command leaves out: a new profile does not change a published call.

    Raises Forbidden, Invalid for a calendar out of order and for documents that the centre does not know, NotFound for
    a unit.
    """
    roles.require_staff(call.actor)
    calendar = Calendar.of(command)
    calendar.require_order(call.profile.centre.zone)
    row = PublicCall(
        id=ids.new_id(),
        code=_code(call.session, calendar.notice_on.year),
        title=command.title,
        summary=command.summary,
        status=CallStatus.DRAFT,
        **vars(calendar),
        documents=documents(command, call.profile),
        eligibility=eligibility(command, call.profile),
        terms=_terms(call.profile),
        receipts_given=0,
        pepper=secrets.token_hex(32),
        created_by=call.actor.id,
        created_at=call.now,
        version=1,
        offered=offered_units(command.unit_ids, call.profile),
        criteria=criteria(command, call.profile),
    )
    call.session.add(row)
    audit.record(
        call.session,
        Action.CREATE,
        subject_id=row.id,
        call_id=row.id,
        before={},
        after={"code": row.code, "title": row.title, "unit_ids": list(command.unit_ids)},
        actor=call.actor,
        now=call.now,
    )
    call.session.flush()
    return call_answer(call, row)


def offered_units(unit_ids: Sequence[str], rules: RecruitmentRules) -> list[OfferedUnit]:
    """Raises NotFound."""
    return [OfferedUnit(unit_id=unit_id, kind=rules.unit(unit_id).kind) for unit_id in sorted(unit_ids)]


def _code(session: Session, year: int) -> str:
    """Return the next code of the year. If two calls get the same one, the constraint makes the second try again."""
    taken = session.scalar(select(func.count()).select_from(PublicCall).where(PublicCall.code.startswith(f"{year}-")))
    return f"{year}-{(taken or 0) + 1}"


def documents(command: contract.CallContent, rules: RecruitmentRules) -> list[str]:
    """Return the kinds of documents that an application needs. Raises Invalid."""
    known = rules.selection.documents
    if command.documents is None:
        return [each.id for each in known.values() if each.required]
    if unknown := set(command.documents) - known.keys():
        raise Invalid(errors={"documents": [_("The centre does not know this document.")]}, unknown=sorted(unknown))
    return list(command.documents)


def eligibility(command: contract.CallContent, rules: RecruitmentRules) -> dict[str, object]:
    """Return the terms of each rule as JSON values."""
    if command.eligibility is None:
        return {rule: dict(terms) for rule, terms in rules.selection.eligibility.items()}
    return dict(request_schema(contract.Eligibility)().dump(command.eligibility))


def criteria(command: contract.CallContent, rules: RecruitmentRules) -> list[Criterion]:
    if command.criteria is None:
        return [
            Criterion(id=each.id, position=position, names=dict(each.names), points=each.points, optional=each.optional)
            for position, each in enumerate(rules.selection.criteria, 1)
        ]
    return [
        Criterion(id=each.id, position=position, names=vars(each.names), points=each.points, optional=each.optional)
        for position, each in enumerate(command.criteria, 1)
    ]


def _terms(rules: RecruitmentRules) -> dict[str, object]:
    """Return the numbers of the selection as JSON values. Decimals are text, so that they stay exact."""
    selection = rules.selection
    return {
        "shortlist_factor": str(selection.shortlist_factor),
        "judges": {"least": selection.judges.least, "most": selection.judges.most},
        "retention_days": selection.retention.days,
        "scoring": rules.scoring.to_terms(),
    }
