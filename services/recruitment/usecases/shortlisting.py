"""Draws the shortlist of a call, for each kind of unit, as soon as every application is screened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.events import emit
from services.recruitment import events
from services.recruitment.contract.vocabulary import ApplicationStatus, CallStatus
from services.recruitment.domain.lifecycle import RUNNING, Action, after
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.selection import Screened, shortlist
from services.recruitment.models import Application, Call
from services.recruitment.queries.applications import verdicts
from services.recruitment.usecases import audit
from services.recruitment.usecases.access import CENTRE
from services.recruitment.usecases.assigning import fill_panels
from services.recruitment.usecases.locking import lock_applications, lock_call


def draw_shortlist(session: Session, call: Call, *, actor: Actor, rules: RecruitmentRules, now: datetime) -> None:
    """Under the call's lock. Nothing happens while somebody may still submit or is not screened, nor once the
    interviews have begun. Drawn again it changes what has become different, and tells those whom it is about.
    """
    applications = lock_applications(session, call.id)
    if now >= call.interviews_start or not _is_complete(applications, now):
        return
    chosen = _chosen(applications, call)
    for application in applications:
        if application.status in RUNNING:
            action = Action.SHORTLIST if application.id in chosen else Action.LEAVE_OUT
            _put(session, application, action, call, actor, rules, now)
    if call.shortlisted_at is None:
        call.shortlisted_at = now
        call.version += 1
    session.flush()
    fill_panels(session, call, now=now)


def draw_due_shortlist(session: Session, *, rules: RecruitmentRules, now: datetime) -> bool:
    """Of a call whose last open application became nothing: it was withdrawn, or its longer time ran out. True: there
    may be more.
    """
    drafted = and_(Application.status == ApplicationStatus.DRAFT, Application.deadline > now)
    wanted = select(Call.id).where(
        Call.status == CallStatus.PUBLISHED,
        Call.shortlisted_at.is_(None),
        Call.intake_closes_at <= now,
        Call.interviews_start > now,
        _of_call(Application.status == ApplicationStatus.ELIGIBLE),
        ~_of_call(Application.status == ApplicationStatus.SUBMITTED),
        ~_of_call(drafted),
    )
    call_id = session.scalar(wanted.order_by(Call.id).limit(1))
    if call_id is None:
        return False
    call = lock_call(session, call_id)
    draw_shortlist(session, call, actor=CENTRE, rules=rules, now=now)
    return call.shortlisted_at is not None


def _of_call(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the call has an application for which this holds."""
    return select(Application.id).where(Application.call_id == Call.id, condition).exists()


def _is_complete(applications: Sequence[Application], now: datetime) -> bool:
    """A draft that was never submitted counts for nothing once its time is over."""
    return not any(
        each.status == ApplicationStatus.SUBMITTED or (each.status == ApplicationStatus.DRAFT and now < each.deadline)
        for each in applications
    )


def _chosen(applications: Sequence[Application], call: Call) -> set[str]:
    found: set[str] = set()
    for kind, units in Counter(unit.kind for unit in call.offered).items():
        eligible = [
            Screened(each.id, each.receipt_number or "", each.points)
            for each in applications
            if each.status in RUNNING and each.kind == kind
        ]
        found.update(shortlist(eligible, units, Decimal(call.terms["shortlist_factor"])))
    return found


def _put(
    session: Session,
    application: Application,
    action: Action,
    call: Call,
    actor: Actor,
    rules: RecruitmentRules,
    now: datetime,
) -> None:
    before = ApplicationStatus(application.status)
    status = after(before, action)
    if status == before:
        return
    application.status, application.changed_at = status, now
    application.version += 1
    audit.record(
        session,
        action,
        subject_id=application.id,
        call_id=call.id,
        before={"status": before},
        after={"status": status},
        actor=actor,
        now=now,
    )
    emit(session, events.application_screened(application, verdicts(session, application.id), call, rules), now=now)
