"""Staff review a tenancy whose term ends, and extend it when it passes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition, Refused
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.recruitment.domain import tenancies, tenure_refusals
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import TenancyAction, TenancyStatus
from services.recruitment.events import tenancies as events
from services.recruitment.models import Review, Tenancy
from services.recruitment.schemas.tenancies import ReviewTenancy
from services.recruitment.usecases.keeping_tenancies import lock_tenancy, record, snapshot, today


def review_tenancy(
    session: Session, command: ReviewTenancy, *, actor: Actor, rules: RecruitmentRules, now: datetime
) -> Tenancy:
    """A review that does not pass is recorded, and the term ends as it would.

    Raises Forbidden, NotFound, Refused: `term_limit`; IllegalTransition: no tenant lives there, or it is too early.
    """
    roles.require_staff(actor)
    tenancy = lock_tenancy(session, command.tenancy_id)
    if not tenancies.may_extend(tenancy.extensions, rules.tenancy):
        raise Refused([tenure_refusals.term_limit(rules.tenancy)])
    extended = tenancies.after(TenancyStatus(tenancy.status), TenancyAction.EXTEND)
    _require_open(tenancy, rules, now)

    before, passed = snapshot(tenancy), command.points >= rules.tenancy.review_pass
    _note(session, command, passed=passed, actor=actor, now=now)
    if passed:
        tenancy.extensions += 1
        tenancy.ends_on = tenancies.term(tenancy.starts_on, rules.tenancy, extensions=tenancy.extensions).last
        tenancy.told_at = None
    tenancy.became(extended)
    record(session, TenancyAction.EXTEND, tenancy, before, actor=actor, now=now, reason=f"{command.points:f}")
    event = (
        events.of_tenancy(events.TENANCY_EXTENDED, tenancy, rules)
        if passed
        else events.ending(tenancy, "review", rules)
    )
    emit(session, event, now=now)
    return tenancy


def _require_open(tenancy: Tenancy, rules: RecruitmentRules, now: datetime) -> None:
    opens_on = tenancies.told_on(tenancy.ends_on, rules.tenancy)
    if today(rules, now) < opens_on:
        raise IllegalTransition(
            _("The review opens on %(opens_on)s, %(days)d days before the term ends."),
            state="too_early",
            wanted=TenancyAction.EXTEND,
            opens_on=opens_on.isoformat(),
            days=rules.tenancy.told_before.days,
        )


def _note(session: Session, command: ReviewTenancy, *, passed: bool, actor: Actor, now: datetime) -> None:
    number = session.scalar(select(func.count()).select_from(Review).where(Review.tenancy_id == command.tenancy_id))
    session.add(
        Review(
            tenancy_id=command.tenancy_id,
            number=(number or 0) + 1,
            points=command.points,
            passed=passed,
            note=command.note,
            reviewed_by=actor.id,
            reviewed_at=now,
        )
    )
