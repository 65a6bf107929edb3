"""Report a visit, and remind activists of reports that are late. Scenario 34."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.call import Call
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit_all
from services.chassis.i18n import msgid as _
from services.training.contract import programmes as contract
from services.training.contract.vocabulary import VisitStatus
from services.training.domain.rules import TrainingRules
from services.training.domain.support.visits import Action, after
from services.training.events import support as events
from services.training.models.support.programmes import Community, Visit
from services.training.queries.support.programmes import visit_answer
from services.training.usecases.support import access
from services.training.usecases.support.locking import lock

BATCH = 100


def report_visit(call: Call[TrainingRules], command: contract.ReportVisit) -> contract.Visit:
    """Raises Forbidden, NotFound, and IllegalTransition, also for a visit that is still to come."""
    visit = lock(call.session, Visit, command.visit_id, access.NO_VISIT)
    access.require_visitor(call.actor, visit)
    status = after(visit.status, Action.REPORT)
    if call.now < visit.visit_at:
        raise IllegalTransition(_("This visit is still to come."), state=VisitStatus.PLANNED, wanted=Action.REPORT)
    visit.reported(
        status,
        command.report,
        attendees=command.attendees,
        minutes=command.minutes,
        by=call.actor.id,
        at=call.now,
    )
    return visit_answer(call, visit)


def remind_of_reports(session: Session, *, rules: TrainingRules, now: datetime) -> bool:
    """Remind of a batch of late reports, of each once. Return whether there may be more."""
    due = session.execute(
        select(Visit, Community)
        .join(Community, Community.id == Visit.community_id)
        .where(Visit.remind_at <= now)
        .order_by(Visit.remind_at)
        .limit(BATCH)
        .with_for_update(of=Visit, skip_locked=True)
    ).all()
    for visit, _community in due:
        visit.reminded(now)
    late = [events.of_visit(events.VISIT_OVERDUE, visit, community, rules.centre.zone) for visit, community in due]
    emit_all(session, late, now=now)
    return bool(due)
