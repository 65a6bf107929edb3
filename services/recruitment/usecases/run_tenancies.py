"""Steps of tenancies that fall due: start, announcement of the end, end, and the invoice of each month."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from services.chassis.events import emit
from services.recruitment.contract.vocabulary import TenancyStatus
from services.recruitment.domain import tenancies
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import TenancyAction
from services.recruitment.events import tenancies as events
from services.recruitment.models import Tenancy
from services.recruitment.queries.due import LIVED_IN
from services.recruitment.usecases.access import CENTRE
from services.recruitment.usecases.invoicing import issue_invoices
from services.recruitment.usecases.keeping_tenancies import record, snapshot, today
from services.recruitment.usecases.move_out import end_tenancy

BATCH = 50


def start_tenancies(session: Session, *, rules: RecruitmentRules, now: datetime) -> bool:
    """Start signed tenancies whose first day has come. Return whether there may be more."""
    due = _due(session, Tenancy.status == TenancyStatus.SIGNED, Tenancy.starts_on <= today(rules, now))
    for tenancy in due:
        before = snapshot(tenancy)
        tenancy.became(tenancies.after(TenancyStatus(tenancy.status), TenancyAction.START))
        record(session, TenancyAction.START, tenancy, before, actor=CENTRE, now=now)
        emit(session, events.of_tenancy(events.TENANCY_STARTED, tenancy, rules), now=now)
    return bool(due)


def tell_of_ends(session: Session, *, rules: RecruitmentRules, now: datetime) -> bool:
    """Tell tenants once for each term that it ends and can be extended. Return whether there may be more."""
    latest = today(rules, now) + rules.tenancy.told_before
    due = _due(session, Tenancy.status == TenancyStatus.ACTIVE, Tenancy.told_at.is_(None), Tenancy.ends_on <= latest)
    for tenancy in due:
        tenancy.told_at = now
        tenancy.became(tenancy.status)
        emit(session, events.ending(tenancy, "term", rules), now=now)
    return bool(due)


def end_tenancies(session: Session, *, rules: RecruitmentRules, now: datetime) -> bool:
    """End tenancies whose last day is over. The tenant keeps the unit until it is handed back."""
    due = _due(session, Tenancy.status.in_(LIVED_IN), Tenancy.ends_on < today(rules, now))
    for tenancy in due:
        before = snapshot(tenancy)
        issue_invoices(session, tenancy, tenancy.ends_on, rules, now)
        end_tenancy(session, tenancy, rules=rules, now=now)
        record(session, TenancyAction.END, tenancy, before, actor=CENTRE, now=now)
    return bool(due)


def invoice_maintenance(session: Session, *, rules: RecruitmentRules, now: datetime) -> bool:
    """Issue the invoices of the months that have begun."""
    day = today(rules, now)
    due = _due(
        session,
        Tenancy.status.in_(LIVED_IN),
        Tenancy.invoiced_until < day,
        Tenancy.invoiced_until < Tenancy.ends_on,
    )
    for tenancy in due:
        issue_invoices(session, tenancy, day, rules, now)
        tenancy.became(tenancy.status)
    return bool(due)


def _due(session: Session, *conditions: ColumnElement[bool]) -> list[Tenancy]:
    return list(
        session.scalars(
            select(Tenancy).where(*conditions).order_by(Tenancy.id).limit(BATCH).with_for_update(skip_locked=True)
        )
    )
