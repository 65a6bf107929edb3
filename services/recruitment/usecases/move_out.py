"""Staff tick off what moving out needs: the room restored, the card returned, the money settled."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import TenancyAction, TenancyStatus, after
from services.recruitment.events import tenancies as events
from services.recruitment.models import Tenancy
from services.recruitment.schemas.tenancies import MoveOut
from services.recruitment.usecases.keeping_tenancies import lock_tenancy, record, snapshot, today


def move_out(session: Session, command: MoveOut, *, actor: Actor, rules: RecruitmentRules, now: datetime) -> Tenancy:
    """When all of it is done the unit is vacated; who moves out before the last day ends the tenancy with that.

    Raises Forbidden, NotFound, IllegalTransition: neither has the term ended nor was notice given.
    """
    roles.require_staff(actor)
    tenancy = lock_tenancy(session, command.tenancy_id)
    if tenancy.status not in (TenancyStatus.ENDING, TenancyStatus.ENDED):
        raise IllegalTransition(state=tenancy.status, wanted=TenancyAction.MOVE_OUT)

    before = snapshot(tenancy)
    _tick_off(tenancy, command, rules, now)
    if tenancy.restored_on and tenancy.card_returned_on and tenancy.settled_on:
        if tenancy.status == TenancyStatus.ENDING:
            end_tenancy(session, tenancy, rules=rules, now=now)
        tenancy.became(after(TenancyStatus(tenancy.status), TenancyAction.MOVE_OUT))
        session.flush()
        emit(session, events.unit_vacated(tenancy, rules), now=now)
    else:
        tenancy.became(tenancy.status)
    record(session, TenancyAction.MOVE_OUT, tenancy, before, actor=actor, now=now)
    return tenancy


def end_tenancy(session: Session, tenancy: Tenancy, *, rules: RecruitmentRules, now: datetime) -> None:
    """Its last day is the term's, or today when that comes first."""
    tenancy.became(after(TenancyStatus(tenancy.status), TenancyAction.END))
    tenancy.ended_on = min(tenancy.ends_on, today(rules, now)) + timedelta(days=1)
    emit(session, events.ended(tenancy, rules), now=now)


def _tick_off(tenancy: Tenancy, command: MoveOut, rules: RecruitmentRules, now: datetime) -> None:
    day = today(rules, now)
    if command.restored:
        tenancy.restored_on = tenancy.restored_on or day
    if command.card_returned:
        tenancy.card_returned_on = tenancy.card_returned_on or day
    if command.deductions is not None:
        tenancy.deductions, tenancy.settlement_note, tenancy.settled_on = command.deductions, command.note, day
