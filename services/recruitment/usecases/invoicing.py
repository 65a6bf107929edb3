"""Maintenance invoices for each month of a tenancy, by the days that lie in its term. They are records, no payments."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from services.recruitment.domain import tenancies
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import Term
from services.recruitment.models import Invoice, Tenancy


def issue_invoices(session: Session, tenancy: Tenancy, until: date, rules: RecruitmentRules, now: datetime) -> None:
    """Issue the invoices of the months that have begun by a day and were not invoiced yet."""
    while tenancy.invoiced_until < min(until, tenancy.ends_on):
        month = (tenancy.invoiced_until + timedelta(days=1)).replace(day=1)
        _issue(session, tenancy, month, rules, now)
        last = month.replace(day=monthrange(month.year, month.month)[1])
        tenancy.invoiced_until = min(last, tenancy.ends_on)


def invoice_again(session: Session, tenancy: Tenancy, rules: RecruitmentRules, now: datetime) -> None:
    """Correct the last invoice if the term now ends within the month that it is for."""
    if tenancy.invoiced_until > tenancy.ends_on:
        _issue(session, tenancy, tenancy.ends_on.replace(day=1), rules, now)
        tenancy.invoiced_until = tenancy.ends_on


def _issue(session: Session, tenancy: Tenancy, month: date, rules: RecruitmentRules, now: datetime) -> None:
    """Issue the invoice of a month. It replaces one for a part of the month."""
    unit = rules.unit(tenancy.unit_id)
    amount = tenancies.maintenance(unit.area, month, Term(tenancy.starts_on, tenancy.ends_on), rules.tenancy)
    session.merge(Invoice(tenancy_id=tenancy.id, month=month, amount=amount, issued_at=now))
