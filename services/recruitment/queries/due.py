"""When the clock has something to do next, for each timer. What is written as a day falls due at its midnight."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select

from services.chassis.agenda import Due
from services.chassis.tables import NOW
from services.recruitment.contract.vocabulary import ApplicationStatus, CallStatus, OfferStatus, TenancyStatus
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import told_on
from services.recruitment.models import Application, Call, Designation, DiscardedFile, Offer, Tenancy

OPEN = (OfferStatus.OFFERED, OfferStatus.ACCEPTED)
"""In the order in which the index has them."""
LIVED_IN = (TenancyStatus.ACTIVE, TenancyStatus.ENDING)


def _midnight(day: date, rules: RecruitmentRules) -> datetime:
    return rules.centre.moment(day)


def _midnight_after(day: date, rules: RecruitmentRules) -> datetime:
    return rules.centre.moment(day + timedelta(days=1))


def _has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the call has an application for which this holds."""
    return select(Application.id).where(Application.call_id == Call.id, condition).exists()


_LAST_DRAFT = (
    select(func.max(Application.deadline))
    .where(Application.call_id == Call.id, Application.status == ApplicationStatus.DRAFT)
    .scalar_subquery()
)

SHORTLIST = Due(
    select(func.min(case((Call.intake_closes_at < _LAST_DRAFT, _LAST_DRAFT), else_=Call.intake_closes_at))).where(
        Call.status == CallStatus.PUBLISHED,
        Call.shortlisted_at.is_(None),
        Call.interviews_start > NOW,
        _has(Application.status == ApplicationStatus.ELIGIBLE),
        ~_has(Application.status == ApplicationStatus.SUBMITTED),
    )
)
"""When nobody may submit any more. Until every application is screened there is none."""
DISCARDED = Due(select(DiscardedFile.discarded_at).limit(1))
OFFER = Due(select(func.min(Offer.expires_at)).where(Offer.status.in_(OPEN)))
START = Due(select(func.min(Tenancy.starts_on)).where(Tenancy.status == TenancyStatus.SIGNED), _midnight)
TOLD_END = Due(
    select(func.min(Tenancy.ends_on)).where(Tenancy.status == TenancyStatus.ACTIVE, Tenancy.told_at.is_(None)),
    lambda last, rules: rules.centre.moment(told_on(last, rules.tenancy)),
)
END = Due(select(func.min(Tenancy.ends_on)).where(Tenancy.status.in_(LIVED_IN)), _midnight_after)
INVOICE = Due(
    select(func.min(Tenancy.invoiced_until)).where(
        Tenancy.status.in_(LIVED_IN), Tenancy.invoiced_until < Tenancy.ends_on
    ),
    _midnight_after,
)
DESIGNATION = Due(select(func.min(Designation.warn_on)).where(Designation.warned_at.is_(None)), _midnight)
