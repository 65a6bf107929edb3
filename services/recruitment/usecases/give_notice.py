"""A tenant, or the centre, gives notice: the tenancy ends before its term does."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.errors import Invalid
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.recruitment.domain import tenancies
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import TenancyAction, TenancyStatus
from services.recruitment.events import tenancies as events
from services.recruitment.models import Tenancy
from services.recruitment.schemas.tenancies import GiveNotice
from services.recruitment.usecases.invoicing import invoice_again
from services.recruitment.usecases.keeping_tenancies import (
    lock_tenancy,
    record,
    require_tenant_or_staff,
    snapshot,
    today,
)


def give_notice(
    session: Session, command: GiveNotice, *, actor: Actor, rules: RecruitmentRules, now: datetime
) -> Tenancy:
    """Raises NotFound, IllegalTransition, Invalid: sooner than the notice allows, or later than the term."""
    tenancy = lock_tenancy(session, command.tenancy_id)
    require_tenant_or_staff(actor, tenancy)
    noticed = tenancies.after(TenancyStatus(tenancy.status), TenancyAction.GIVE_NOTICE)
    ends_on = _last_day(command, tenancy, rules, now)

    before = snapshot(tenancy)
    tenancy.ends_on, tenancy.notified_at = ends_on, now
    tenancy.became(noticed)
    invoice_again(session, tenancy, rules, now)
    record(session, TenancyAction.GIVE_NOTICE, tenancy, before, actor=actor, now=now)
    emit(session, events.ending(tenancy, "notice", rules), now=now)
    return tenancy


def _last_day(command: GiveNotice, tenancy: Tenancy, rules: RecruitmentRules, now: datetime) -> date:
    earliest = min(tenancies.earliest_end(today(rules, now), rules.tenancy), tenancy.ends_on)
    wanted = command.ends_on or earliest
    if not earliest <= wanted <= tenancy.ends_on:
        raise Invalid(
            _("With %(days)d days' notice the tenancy can end from %(earliest)s to %(latest)s."),
            errors={"ends_on": [_("This day is outside what the notice allows.")]},
            days=rules.tenancy.notice.days,
            earliest=earliest.isoformat(),
            latest=tenancy.ends_on.isoformat(),
        )
    return wanted
