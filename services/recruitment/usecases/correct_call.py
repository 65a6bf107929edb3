"""Correct a published call, for a reason that everybody may read. Its applicants get a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition, Invalid
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.recruitment import events
from services.recruitment.contract import calls as contract
from services.recruitment.contract.vocabulary import ApplicationStatus, CallStatus
from services.recruitment.domain.calls import DATES, Calendar
from services.recruitment.domain.lifecycle import Action
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Correction, OfferedUnit
from services.recruitment.models import Call as PublicCall
from services.recruitment.queries.calls import call_answer
from services.recruitment.usecases import audit
from services.recruitment.usecases.create_call import offered_units
from services.recruitment.usecases.locking import lock_applications, lock_call

Values = Mapping[str, Any]
CORRECTABLE = (
    "title",
    "summary",
    "intake_closes_at",
    "screening_on",
    "interviews_start",
    "interviews_end",
    "result_on",
    "contract_by",
    "move_in_on",
)
"""The notice date, documents, criteria and eligibility never change: that would be another call."""


def correct_call(call: Call[RecruitmentRules], command: contract.CorrectCall) -> contract.Call:
    """An intake is prolonged and never shortened, and only while it lasts. A longer deadline of an applicant stays.

    Raises Forbidden, NotFound, IllegalTransition, Invalid for a calendar out of order or if nothing changes.
    """
    roles.require_staff(call.actor)
    row = lock_call(call.session, command.call_id)
    require_correctable(row)
    given = {name: getattr(command, name) for name in CORRECTABLE}
    new = {name: value for name, value in given.items() if value is not None and value != getattr(row, name)}
    _require_fair(row, new, call.now)
    calendar_of(row, new).require_order(call.profile.centre.zone)

    units = _units(row, command, call.profile)
    if not new and units is None:
        raise Invalid(errors={"reason": [_("Say what is to be different.")]})
    if row.interviews_blocked_by is not None and new.keys() & {"interviews_start", "interviews_end"}:
        new["interviews_blocked_by"] = None
    old = {name: getattr(row, name) for name in new}
    if units is not None:
        old["unit_ids"], new["unit_ids"] = [each.unit_id for each in row.offered], [each.unit_id for each in units]
        row.offered = units
    apply_correction(call.session, row, command.reason, old, new, actor=call.actor, rules=call.profile, now=call.now)
    return call_answer(call, row)


def apply_correction(
    session: Session,
    row: PublicCall,
    reason: str,
    old: Values,
    new: Values,
    *,
    actor: Actor,
    rules: RecruitmentRules,
    now: datetime,
    closure_id: str | None = None,
) -> None:
    """Write the changes, the correction that everybody may read, the audit log and the event.

    A correction without changes (interviews that cannot be moved) records only that it was tried.
    """
    for name, value in new.items():
        if name != "unit_ids":
            setattr(row, name, value)
    if "intake_closes_at" in new:
        _prolong(session, row)
    row.version += 1
    correction = Correction(
        call_id=row.id,
        number=_next_number(session, row),
        at=now,
        actor_id=actor.id,
        reason=reason,
        closure_id=closure_id,
        before=audit.as_json(old),
        after=audit.as_json(new),
    )
    session.add(correction)
    audit.record(
        session,
        Action.CORRECT,
        subject_id=row.id,
        call_id=row.id,
        before=correction.before,
        after=correction.after,
        actor=actor,
        now=now,
        reason=reason,
    )
    emit(session, events.call_corrected(row, correction, _applicants(session, row), rules), now=now)


def require_correctable(row: PublicCall) -> None:
    if row.status != CallStatus.PUBLISHED:
        raise IllegalTransition(state=row.status, wanted=Action.CORRECT)
    if row.results_at is not None:
        raise IllegalTransition(state="decided", wanted=Action.CORRECT)


def calendar_of(row: PublicCall, changes: Values) -> Calendar:
    return replace(Calendar.of(row), **{name: value for name, value in changes.items() if name in DATES})


def _require_fair(row: PublicCall, changes: Values, now: datetime) -> None:
    closes = changes.get("intake_closes_at")
    if closes is None:
        return
    if row.intake_closes_at <= now:
        raise IllegalTransition(_("The intake is over. Extend single applications for a reason."), state="closed")
    if closes < row.intake_closes_at:
        message = _("An intake cannot be shortened: applicants count on it.")
        raise Invalid(errors={"intake_closes_at": [message]})


def _units(row: PublicCall, command: contract.CorrectCall, rules: RecruitmentRules) -> list[OfferedUnit] | None:
    """Return the units that are offered from now on, or None if they stay as they are."""
    if command.unit_ids is None or sorted(command.unit_ids) == [each.unit_id for each in row.offered]:
        return None
    if row.shortlisted_at is not None:
        raise IllegalTransition(_("The shortlist is drawn by the units that were offered."), state="shortlisted")
    known = {each.unit_id: each for each in row.offered}
    return [known.get(each.unit_id, each) for each in offered_units(command.unit_ids, rules)]


def _prolong(session: Session, row: PublicCall) -> None:
    for application in lock_applications(session, row.id):
        if application.deadline < row.intake_closes_at:
            application.deadline = row.intake_closes_at
            application.version += 1


def _next_number(session: Session, row: PublicCall) -> int:
    counted = session.scalar(select(func.count()).select_from(Correction).where(Correction.call_id == row.id))
    return (counted or 0) + 1


def _applicants(session: Session, row: PublicCall) -> list[str]:
    """The people of live applications, sorted."""
    live = select(Application.applicant_id).where(
        Application.call_id == row.id,
        Application.status != ApplicationStatus.WITHDRAWN,
        Application.applicant_id != "",
    )
    return sorted(session.scalars(live.distinct()))
