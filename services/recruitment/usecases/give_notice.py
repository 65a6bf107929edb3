"""Give notice as the tenant or the centre: the tenancy ends before its term does."""

from __future__ import annotations

from datetime import date

from services.chassis.call import Call
from services.chassis.errors import Invalid
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.recruitment.contract import tenancies as contract
from services.recruitment.contract.vocabulary import TenancyStatus
from services.recruitment.domain import tenancies
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.tenancies import TenancyAction
from services.recruitment.events import tenancies as events
from services.recruitment.models import Tenancy
from services.recruitment.queries.tenancies import tenancy_answer
from services.recruitment.usecases.invoicing import invoice_again
from services.recruitment.usecases.keeping_tenancies import (
    lock_tenancy,
    record,
    require_tenant_or_staff,
    snapshot,
    today,
)


def give_notice(call: Call[RecruitmentRules], command: contract.GiveNotice) -> contract.Tenancy:
    """Raises NotFound, IllegalTransition, Invalid: sooner than the notice allows, or later than the term."""
    session = call.session
    tenancy = lock_tenancy(session, command.tenancy_id)
    require_tenant_or_staff(call.actor, tenancy)
    status = tenancies.after(TenancyStatus(tenancy.status), TenancyAction.GIVE_NOTICE)
    ends_on = _last_day(call, command, tenancy)

    before = snapshot(tenancy)
    tenancy.ends_on, tenancy.notified_at = ends_on, call.now
    tenancy.became(status)
    invoice_again(session, tenancy, call.profile, call.now)
    record(session, TenancyAction.GIVE_NOTICE, tenancy, before, actor=call.actor, now=call.now)
    emit(session, events.ending(tenancy, "notice", call.profile), now=call.now)
    return tenancy_answer(call, tenancy)


def _last_day(call: Call[RecruitmentRules], command: contract.GiveNotice, tenancy: Tenancy) -> date:
    rules = call.profile.tenancy
    earliest = min(tenancies.earliest_end(today(call.profile, call.now), rules), tenancy.ends_on)
    last_day = command.ends_on or earliest
    if not earliest <= last_day <= tenancy.ends_on:
        raise Invalid(
            _("With %(days)d days' notice the tenancy can end from %(earliest)s to %(latest)s."),
            errors={"ends_on": [_("This day is outside what the notice allows.")]},
            days=rules.notice.days,
            earliest=earliest.isoformat(),
            latest=tenancy.ends_on.isoformat(),
        )
    return last_day
