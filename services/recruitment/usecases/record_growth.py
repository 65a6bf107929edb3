"""Record designations, milestones and facts for the certification of organisations."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.entrypoints import Call
from services.chassis.errors import NotFound, Refused
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.recruitment.contract import growth as contract
from services.recruitment.domain import growth, tenure_refusals
from services.recruitment.domain.readiness import Facts
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.events import growth as events
from services.recruitment.models import CertificationFacts, Designation, Milestone
from services.recruitment.queries.growth import designation_answer, last_tenancy, milestone_answer, readiness_answer
from services.recruitment.usecases.keeping_tenancies import today

NO_ORGANISATION = _("There is no such organisation.")
BATCH = 50


def record_designation(call: Call[RecruitmentRules], command: contract.RecordDesignation) -> contract.Designation:
    """Raises Forbidden, Refused: `term_limit`, preliminary status for too long."""
    roles.require_staff(call.actor)
    rules = call.profile.growth
    latest = growth.last_day(command.kind, command.since, rules)
    until = command.until or latest
    if latest is not None and until is not None and until > latest:
        raise Refused([tenure_refusals.designation_limit(latest, rules.preliminary_months)])

    designation = Designation(
        id=ids.new_id(),
        organisation_id=command.organisation_id,
        kind=command.kind,
        number=command.number,
        since=command.since,
        until=until,
        warn_on=growth.warned_on(until, rules) if until else None,
        recorded_by=call.actor.id,
        recorded_at=call.now,
        version=1,
    )
    call.session.add(designation)
    call.session.flush()
    last = last_tenancy(call.session, designation.organisation_id)
    event = events.of_designation(events.DESIGNATION_RECORDED, designation, last, call.profile)
    emit(call.session, event, now=call.now)
    return designation_answer(call, designation)


def warn_of_designations(session: Session, *, rules: RecruitmentRules, now: datetime) -> bool:
    """Announce once that designations end soon, unless they were over before. Return whether there may be more."""
    day = today(rules, now)
    due = select(Designation).where(Designation.warned_at.is_(None), Designation.warn_on <= day)
    designations = session.scalars(due.order_by(Designation.id).limit(BATCH).with_for_update(skip_locked=True)).all()
    for designation in designations:
        designation.warned_at = now
        designation.version += 1
        if designation.until is not None and designation.until >= day:
            last = last_tenancy(session, designation.organisation_id)
            emit(session, events.of_designation(events.DESIGNATION_EXPIRING, designation, last, rules), now=now)
    return bool(designations)


def record_milestone(call: Call[RecruitmentRules], command: contract.RecordMilestone) -> contract.Milestone:
    """Raises Forbidden."""
    roles.require_staff(call.actor)
    milestone = Milestone(id=ids.new_id(), **vars(command), recorded_by=call.actor.id, recorded_at=call.now)
    call.session.add(milestone)
    return milestone_answer(call, milestone)


def record_facts(call: Call[RecruitmentRules], command: contract.RecordFacts) -> contract.Readiness:
    """The facts replace those recorded before. Raises NotFound."""
    require_organisation(call.actor, command.organisation_id)
    given = {name: value for name, value in vars(command).items() if value is not None}
    organisation_id = given.pop("organisation_id")
    row = call.session.get(CertificationFacts, organisation_id, with_for_update=True)
    if row is None:
        row = CertificationFacts(organisation_id=organisation_id, version=0)
        call.session.add(row)
    row.facts, row.recorded_by, row.recorded_at = asdict(Facts(**given)), call.actor.id, call.now
    row.version += 1
    return readiness_answer(call, organisation_id, row)


def require_organisation(actor: Actor, organisation_id: str, *, reading: bool = False) -> None:
    """Let members and staff pass; for reading auditors, too. Raises NotFound."""
    may_see_all = roles.reads_all(actor) if reading else roles.is_staff(actor)
    if not (may_see_all or organisation_id in actor.orgs):
        raise NotFound(NO_ORGANISATION)
