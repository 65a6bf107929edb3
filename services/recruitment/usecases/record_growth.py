"""What organisations are recognised as, what they have reached, and what is known for their certification."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.errors import NotFound, Refused
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.recruitment.domain import growth, tenure_refusals
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.events import growth as events
from services.recruitment.models import CertificationFacts, Designation, Milestone
from services.recruitment.queries.growth import last_tenancy
from services.recruitment.schemas.growth import RecordDesignation, RecordFacts, RecordMilestone
from services.recruitment.usecases.keeping_tenancies import today

NO_ORGANISATION = _("There is no such organisation.")
BATCH = 50


def record_designation(
    session: Session, command: RecordDesignation, *, actor: Actor, rules: RecruitmentRules, now: datetime
) -> Designation:
    """Raises Forbidden, Refused: `term_limit`, preliminary status for too long."""
    roles.require_staff(actor)
    latest = growth.last_day(command.kind, command.since, rules.growth)
    until = command.until or latest
    if latest is not None and until is not None and until > latest:
        raise Refused([tenure_refusals.designation_limit(latest, rules.growth.preliminary_months)])

    designation = Designation(
        id=ids.new_id(),
        organisation_id=command.organisation_id,
        kind=command.kind,
        number=command.number,
        since=command.since,
        until=until,
        warn_on=growth.warned_on(until, rules.growth) if until else None,
        recorded_by=actor.id,
        recorded_at=now,
        version=1,
    )
    session.add(designation)
    session.flush()
    last = last_tenancy(session, designation.organisation_id)
    emit(session, events.of_designation(events.DESIGNATION_RECORDED, designation, last, rules), now=now)
    return designation


def warn_of_designations(session: Session, *, rules: RecruitmentRules, now: datetime) -> bool:
    """Those that end soon, once. What was over before it was recorded is not told. True: there may be more."""
    day = today(rules, now)
    due = select(Designation).where(Designation.warned_at.is_(None), Designation.warn_on <= day)
    found = session.scalars(due.order_by(Designation.id).limit(BATCH).with_for_update(skip_locked=True)).all()
    for designation in found:
        designation.warned_at = now
        designation.version += 1
        if designation.until is not None and designation.until >= day:
            last = last_tenancy(session, designation.organisation_id)
            emit(session, events.of_designation(events.DESIGNATION_EXPIRING, designation, last, rules), now=now)
    return bool(found)


def record_milestone(session: Session, command: RecordMilestone, *, actor: Actor, now: datetime) -> Milestone:
    """Raises Forbidden."""
    roles.require_staff(actor)
    milestone = Milestone(
        id=ids.new_id(),
        organisation_id=command.organisation_id,
        title=command.title,
        reached_on=command.reached_on,
        note=command.note,
        recorded_by=actor.id,
        recorded_at=now,
    )
    session.add(milestone)
    return milestone


def record_facts(session: Session, command: RecordFacts, *, actor: Actor, now: datetime) -> CertificationFacts:
    """They take the place of what was known before. Raises NotFound."""
    require_organisation(actor, command.organisation_id)
    known = session.get(CertificationFacts, command.organisation_id, with_for_update=True)
    if known is None:
        known = CertificationFacts(organisation_id=command.organisation_id, version=0)
        session.add(known)
    known.facts, known.recorded_by, known.recorded_at = asdict(command.facts), actor.id, now
    known.version += 1
    return known


def require_organisation(actor: Actor, organisation_id: str, *, reading: bool = False) -> None:
    """Its members, and staff. Raises NotFound."""
    everybody = roles.reads_all(actor) if reading else roles.is_staff(actor)
    if not (everybody or organisation_id in actor.orgs):
        raise NotFound(NO_ORGANISATION)
