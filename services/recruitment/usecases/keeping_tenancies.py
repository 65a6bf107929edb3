"""Steps that the commands about a tenancy share: locks, checks, and the audit log."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import NotFound
from services.chassis.i18n import msgid as _
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Tenancy
from services.recruitment.usecases import audit

NO_TENANCY = _("There is no such tenancy.")


def today(rules: RecruitmentRules, now: datetime) -> date:
    return now.astimezone(rules.centre.zone).date()


def lock_tenancy(session: Session, tenancy_id: str) -> Tenancy:
    """Raises NotFound."""
    tenancy = session.get(Tenancy, tenancy_id, with_for_update=True, populate_existing=True)
    if tenancy is None:
        raise NotFound(NO_TENANCY)
    return tenancy


def is_tenant(actor: Actor, tenancy: Tenancy) -> bool:
    """Is the actor the applicant or a member of the organisation?"""
    return not actor.is_anonymous and (tenancy.person_id == actor.id or tenancy.organisation_id in actor.orgs)


def require_tenant(actor: Actor, tenancy: Tenancy) -> None:
    """Raises NotFound."""
    if not is_tenant(actor, tenancy):
        raise NotFound(NO_TENANCY)


def require_tenant_or_staff(actor: Actor, tenancy: Tenancy) -> None:
    """Raises NotFound."""
    if not roles.is_staff(actor):
        require_tenant(actor, tenancy)


def snapshot(tenancy: Tenancy) -> dict[str, object]:
    return {
        "status": tenancy.status,
        "starts_on": tenancy.starts_on.isoformat(),
        "ends_on": tenancy.ends_on.isoformat(),
        "extensions": tenancy.extensions,
        "deductions": tenancy.deductions,
    }


def record(
    session: Session,
    action: StrEnum,
    tenancy: Tenancy,
    before: dict[str, object],
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> None:
    audit.record(
        session,
        action,
        subject_id=tenancy.id,
        call_id=tenancy.call_id,
        before=before,
        after=snapshot(tenancy),
        actor=actor,
        now=now,
        reason=reason,
    )
