"""Maintenance invoices: for each month of a tenancy, by the days that lie in its term. Records, not payments."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from services.recruitment.domain import tenancies
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import Term
from services.recruitment.models import Invoice, Tenancy


def issue_invoices(session: Session, tenancy: Tenancy, until: date, rules: RecruitmentRules, now: datetime) -> None:
    """For every month that has begun until then and was not invoiced yet."""
    while tenancy.invoiced_until < min(until, tenancy.ends_on):
        month = (tenancy.invoiced_until + timedelta(days=1)).replace(day=1)
        _issue(session, tenancy, month, rules, now)
        last = month.replace(day=monthrange(month.year, month.month)[1])
        tenancy.invoiced_until = min(last, tenancy.ends_on)


def invoice_again(session: Session, tenancy: Tenancy, rules: RecruitmentRules, now: datetime) -> None:
    """The term ends earlier than the month that was invoiced: its invoice is for the days that are left."""
    if tenancy.invoiced_until > tenancy.ends_on:
        _issue(session, tenancy, tenancy.ends_on.replace(day=1), rules, now)
        tenancy.invoiced_until = tenancy.ends_on


def _issue(session: Session, tenancy: Tenancy, month: date, rules: RecruitmentRules, now: datetime) -> None:
    """Of a month that was invoiced in part the invoice is made anew."""
    unit = rules.unit(tenancy.unit_id)
    amount = tenancies.maintenance(unit.area, month, Term(tenancy.starts_on, tenancy.ends_on), rules.tenancy)
    session.merge(Invoice(tenancy_id=tenancy.id, month=month, amount=amount, issued_at=now))
