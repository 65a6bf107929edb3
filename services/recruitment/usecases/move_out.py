"""Tick off the steps of moving out: room restored, card returned, money settled."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit
from services.recruitment.contract import tenancies as contract
from services.recruitment.contract.vocabulary import TenancyStatus
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import TenancyAction, after
from services.recruitment.events import tenancies as events
from services.recruitment.models import Tenancy
from services.recruitment.queries.tenancies import tenancy_answer
from services.recruitment.usecases.keeping_tenancies import lock_tenancy, record, snapshot, today


def move_out(call: Call[RecruitmentRules], command: contract.MoveOut) -> contract.Tenancy:
    """After the last step the unit is vacated. If that is before the last day, the tenancy ends then.

    Raises Forbidden, NotFound, IllegalTransition: the term has not ended and no notice was given.
    """
    roles.require_staff(call.actor)
    session = call.session
    tenancy = lock_tenancy(session, command.tenancy_id)
    if tenancy.status not in (TenancyStatus.ENDING, TenancyStatus.ENDED):
        raise IllegalTransition(state=tenancy.status, wanted=TenancyAction.MOVE_OUT)

    before = snapshot(tenancy)
    _tick_off(call, tenancy, command)
    if tenancy.restored_on and tenancy.card_returned_on and tenancy.settled_on:
        if tenancy.status == TenancyStatus.ENDING:
            end_tenancy(session, tenancy, rules=call.profile, now=call.now)
        tenancy.became(after(TenancyStatus(tenancy.status), TenancyAction.MOVE_OUT))
        session.flush()
        emit(session, events.unit_vacated(tenancy, call.profile), now=call.now)
    else:
        tenancy.became(tenancy.status)
    record(session, TenancyAction.MOVE_OUT, tenancy, before, actor=call.actor, now=call.now)
    return tenancy_answer(call, tenancy)


def end_tenancy(session: Session, tenancy: Tenancy, *, rules: RecruitmentRules, now: datetime) -> None:
    """End a tenancy with the last day of its term, or with today if that is earlier."""
    tenancy.became(after(TenancyStatus(tenancy.status), TenancyAction.END))
    tenancy.ended_on = min(tenancy.ends_on, today(rules, now)) + timedelta(days=1)
    emit(session, events.ended(tenancy, rules), now=now)


def _tick_off(call: Call[RecruitmentRules], tenancy: Tenancy, command: contract.MoveOut) -> None:
    day = today(call.profile, call.now)
    if command.restored:
        tenancy.restored_on = tenancy.restored_on or day
    if command.card_returned:
        tenancy.card_returned_on = tenancy.card_returned_on or day
    if command.deductions is not None:
        tenancy.deductions, tenancy.settlement_note, tenancy.settled_on = command.deductions, command.note, day
