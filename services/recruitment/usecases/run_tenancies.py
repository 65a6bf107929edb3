"""What the clock does with tenancies: they start, their end is told, they end, and each month is invoiced."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.events import emit
from services.recruitment.domain import tenancies
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import TenancyAction, TenancyStatus
from services.recruitment.events import tenancies as events
from services.recruitment.models import Tenancy
from services.recruitment.queries.due import LIVED_IN
from services.recruitment.usecases.access import CENTRE
from services.recruitment.usecases.invoicing import issue_invoices
from services.recruitment.usecases.keeping_tenancies import record, snapshot, today
from services.recruitment.usecases.move_out import end_tenancy

BATCH = 50


def start_tenancies(session: Session, *, rules: RecruitmentRules, now: datetime) -> bool:
    """Those that were signed and whose first day has come. True: there may be more."""
    found = _due(session, Tenancy.status == TenancyStatus.SIGNED, Tenancy.starts_on <= today(rules, now))
    for tenancy in found:
        before = snapshot(tenancy)
        tenancy.became(tenancies.after(TenancyStatus(tenancy.status), TenancyAction.START))
        record(session, TenancyAction.START, tenancy, before, actor=CENTRE, now=now)
        emit(session, events.of_tenancy(events.TENANCY_STARTED, tenancy, rules), now=now)
    return bool(found)


def tell_of_ends(session: Session, *, rules: RecruitmentRules, now: datetime) -> bool:
    """Tenants hear once for each term that it ends, and that they may ask for its extension."""
    latest = today(rules, now) + rules.tenancy.told_before
    found = _due(session, Tenancy.status == TenancyStatus.ACTIVE, Tenancy.told_at.is_(None), Tenancy.ends_on <= latest)
    for tenancy in found:
        tenancy.told_at = now
        tenancy.became(tenancy.status)
        emit(session, events.ending(tenancy, "term", rules), now=now)
    return bool(found)


def end_tenancies(session: Session, *, rules: RecruitmentRules, now: datetime) -> bool:
    """Those whose last day is over. The unit stays theirs until it is handed back."""
    found = _due(session, Tenancy.status.in_(LIVED_IN), Tenancy.ends_on < today(rules, now))
    for tenancy in found:
        before = snapshot(tenancy)
        issue_invoices(session, tenancy, tenancy.ends_on, rules, now)
        end_tenancy(session, tenancy, rules=rules, now=now)
        record(session, TenancyAction.END, tenancy, before, actor=CENTRE, now=now)
    return bool(found)


def invoice_maintenance(session: Session, *, rules: RecruitmentRules, now: datetime) -> bool:
    """The months that have begun."""
    day = today(rules, now)
    found = _due(
        session,
        Tenancy.status.in_(LIVED_IN),
        Tenancy.invoiced_until < day,
        Tenancy.invoiced_until < Tenancy.ends_on,
    )
    for tenancy in found:
        issue_invoices(session, tenancy, day, rules, now)
        tenancy.became(tenancy.status)
    return bool(found)


def _due(session: Session, *conditions: Any) -> list[Tenancy]:
    return list(
        session.scalars(
            select(Tenancy).where(*conditions).order_by(Tenancy.id).limit(BATCH).with_for_update(skip_locked=True)
        )
    )
