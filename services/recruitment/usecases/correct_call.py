"""A published call is corrected, for a reason that everybody may read. Its applicants are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition, Invalid
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.recruitment import events
from services.recruitment.domain.calls import Calendar
from services.recruitment.domain.lifecycle import Action, CallStatus, Status
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Call, Correction
from services.recruitment.schemas.calls import CorrectCall
from services.recruitment.usecases import audit
from services.recruitment.usecases.create_call import offered_units
from services.recruitment.usecases.locking import lock_applications, lock_call

Values = Mapping[str, Any]


def correct_call(
    session: Session, command: CorrectCall, *, actor: Actor, rules: RecruitmentRules, now: datetime
) -> Call:
    """An intake is prolonged and never shortened, and only while it lasts; who has a longer time keeps it.

    Raises Forbidden, NotFound, IllegalTransition, Invalid for a calendar out of order or when nothing changes.
    """
    roles.require_staff(actor)
    call = lock_call(session, command.call_id)
    require_correctable(call)
    before = {name: getattr(call, name) for name in command.changes}
    changes = {name: value for name, value in command.changes.items() if value != before[name]}
    _require_fair(call, changes, now)
    calendar_of(call, changes).require_order(rules.centre.zone)

    units = _units(call, command, rules)
    if not changes and units is None:
        raise Invalid(errors={"reason": [_("Say what is to be different.")]})
    if call.interviews_blocked_by is not None and changes.keys() & {"interviews_start", "interviews_end"}:
        before["interviews_blocked_by"], changes["interviews_blocked_by"] = call.interviews_blocked_by, None
    old = {name: before[name] for name in changes}
    new = dict(changes)
    if units is not None:
        old["unit_ids"], new["unit_ids"] = [each.unit_id for each in call.offered], [each.unit_id for each in units]
        call.offered = units
    apply_correction(session, call, command.reason, old, new, actor=actor, rules=rules, now=now)
    return call


def apply_correction(
    session: Session,
    call: Call,
    reason: str,
    old: Values,
    new: Values,
    *,
    actor: Actor,
    rules: RecruitmentRules,
    now: datetime,
    closure_id: str | None = None,
) -> None:
    """Writes what is different, the correction that everybody may read, the audit log and the event. Of an empty
    correction (interviews that cannot be moved) there is nothing to write but that it was tried.
    """
    for name, value in new.items():
        if name != "unit_ids":
            setattr(call, name, value)
    if "intake_closes_at" in new:
        _prolong(session, call)
    call.version += 1
    correction = Correction(
        call_id=call.id,
        number=_next_number(session, call),
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
        subject_id=call.id,
        call_id=call.id,
        before=correction.before,
        after=correction.after,
        actor=actor,
        now=now,
        reason=reason,
    )
    emit(session, events.call_corrected(call, correction, _applicants(session, call), rules), now=now)


def require_correctable(call: Call) -> None:
    if call.status != CallStatus.PUBLISHED:
        raise IllegalTransition(state=call.status, wanted=Action.CORRECT)
    if call.results_at is not None:
        raise IllegalTransition(state="decided", wanted=Action.CORRECT)


def calendar_of(call: Call, changes: Values) -> Calendar:
    now = Calendar(**{name: getattr(call, name) for name in Calendar.__dataclass_fields__})
    return replace(now, **{name: value for name, value in changes.items() if name in Calendar.__dataclass_fields__})


def _require_fair(call: Call, changes: Values, now: datetime) -> None:
    closes = changes.get("intake_closes_at")
    if closes is None:
        return
    if call.intake_closes_at <= now:
        raise IllegalTransition(_("The intake is over. Extend single applications for a reason."), state="closed")
    if closes < call.intake_closes_at:
        message = _("An intake cannot be shortened: applicants count on it.")
        raise Invalid(errors={"intake_closes_at": [message]})


def _units(call: Call, command: CorrectCall, rules: RecruitmentRules) -> list[Any] | None:
    """None: they stay as they are."""
    if command.unit_ids is None or sorted(command.unit_ids) == [each.unit_id for each in call.offered]:
        return None
    if call.shortlisted_at is not None:
        raise IllegalTransition(_("The shortlist is drawn by the units that were offered."), state="shortlisted")
    known = {each.unit_id: each for each in call.offered}
    return [known.get(each.unit_id, each) for each in offered_units(command.unit_ids, rules)]


def _prolong(session: Session, call: Call) -> None:
    for application in lock_applications(session, call.id):
        if application.deadline < call.intake_closes_at:
            application.deadline = call.intake_closes_at
            application.version += 1


def _next_number(session: Session, call: Call) -> int:
    counted = session.scalar(select(func.count()).select_from(Correction).where(Correction.call_id == call.id))
    return (counted or 0) + 1


def _applicants(session: Session, call: Call) -> list[str]:
    """The people of live applications, sorted."""
    live = select(Application.applicant_id).where(
        Application.call_id == call.id, Application.status != Status.WITHDRAWN, Application.applicant_id != ""
    )
    return sorted(session.scalars(live.distinct()))
