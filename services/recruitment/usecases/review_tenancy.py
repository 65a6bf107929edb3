"""Review a tenancy whose term ends, and extend it if it passes."""

from __future__ import annotations

from sqlalchemy import func, select

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import IllegalTransition, Refused
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.recruitment.contract import tenancies as contract
from services.recruitment.contract.vocabulary import TenancyStatus
from services.recruitment.domain import tenancies, tenure_refusals
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import TenancyAction
from services.recruitment.events import tenancies as events
from services.recruitment.models import Review, Tenancy
from services.recruitment.queries.tenancies import tenancy_answer
from services.recruitment.usecases.keeping_tenancies import lock_tenancy, record, snapshot, today


def review_tenancy(call: Call[RecruitmentRules], command: contract.ReviewTenancy) -> contract.Tenancy:
    """A review that does not pass is recorded, and the term ends as before.

    Raises Forbidden, NotFound, Refused: `term_limit`; IllegalTransition: no tenant has moved in, or it is too early.
    """
    roles.require_staff(call.actor)
    session, rules = call.session, call.profile
    tenancy = lock_tenancy(session, command.tenancy_id)
    if not tenancies.may_extend(tenancy.extensions, rules.tenancy):
        raise Refused([tenure_refusals.term_limit(rules.tenancy)])
    extended = tenancies.after(TenancyStatus(tenancy.status), TenancyAction.EXTEND)
    _require_open(call, tenancy)

    before, passed = snapshot(tenancy), command.score >= rules.tenancy.review_pass
    _add_review(call, command, passed=passed)
    if passed:
        tenancy.extensions += 1
        tenancy.ends_on = tenancies.term(tenancy.starts_on, rules.tenancy, extensions=tenancy.extensions).last
        tenancy.told_at = None
    tenancy.became(extended)
    reason = f"{command.score:.2f}"
    record(session, TenancyAction.EXTEND, tenancy, before, actor=call.actor, now=call.now, reason=reason)
    event = (
        events.of_tenancy(events.TENANCY_EXTENDED, tenancy, rules)
        if passed
        else events.ending(tenancy, "review", rules)
    )
    emit(session, event, now=call.now)
    return tenancy_answer(call, tenancy)


def _require_open(call: Call[RecruitmentRules], tenancy: Tenancy) -> None:
    rules = call.profile
    opens_on = tenancies.told_on(tenancy.ends_on, rules.tenancy)
    if today(rules, call.now) < opens_on:
        raise IllegalTransition(
            _("The review opens on %(opens_on)s, %(days)d days before the term ends."),
            state="too_early",
            wanted=TenancyAction.EXTEND,
            opens_on=opens_on.isoformat(),
            days=rules.tenancy.told_before.days,
        )


def _add_review(call: Call[RecruitmentRules], command: contract.ReviewTenancy, *, passed: bool) -> None:
    counted = select(func.count()).select_from(Review).where(Review.tenancy_id == command.tenancy_id)
    call.session.add(
        Review(
            tenancy_id=command.tenancy_id,
            number=(call.session.scalar(counted) or 0) + 1,
            points=command.score,
            passed=passed,
            note=command.note,
            reviewed_by=call.actor.id,
            reviewed_at=call.now,
        )
    )
