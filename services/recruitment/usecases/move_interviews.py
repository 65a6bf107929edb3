"""The centre is closed: interviews that fall in it are moved, or staff must find another day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.period import Period
from services.recruitment.contract.vocabulary import CallStatus
from services.recruitment.domain.interviews import moved
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call
from services.recruitment.schemas.heard_selection import Closure
from services.recruitment.usecases.access import CENTRE
from services.recruitment.usecases.correct_call import apply_correction


def move_interviews(session: Session, closure: Closure, *, rules: RecruitmentRules, now: datetime) -> None:
    """Each call that it touches is corrected, so that its applicants are told. A closure of some spaces only moves
    nothing: interviews find another room. Lifted, it moves nothing back, but what waited for a day takes place.
    """
    wanted = select(Call).where(
        Call.status == CallStatus.PUBLISHED, Call.results_at.is_(None), Call.interviews_start > now
    )
    for call in session.scalars(wanted.order_by(Call.id).with_for_update(of=Call)):
        if new := _change(call, closure, rules):
            old = {name: getattr(call, name) for name in new}
            apply_correction(
                session,
                call,
                closure.reason,
                old,
                new,
                actor=CENTRE,
                rules=rules,
                now=now,
                closure_id=closure.closure_id,
            )


def _change(call: Call, closure: Closure, rules: RecruitmentRules) -> Mapping[str, Any]:
    """What is different in the call from now on; nothing when the closure is not about it."""
    if closure.lifted_at is not None:
        waited = call.interviews_blocked_by == closure.closure_id
        return {"interviews_blocked_by": None} if waited else {}
    zone = rules.centre.zone
    interviews = Period(call.interviews_start, call.interviews_end, zone)
    closed = Period(closure.start, closure.end, zone)
    if closure.space_ids or not interviews.overlaps(closed):
        return {}
    there = moved(interviews, closed, call.result_on, rules.centre)
    if there is None:
        waits = call.interviews_blocked_by == closure.closure_id
        return {} if waits else {"interviews_blocked_by": closure.closure_id}
    new = {"interviews_start": there.start, "interviews_end": there.end}
    return new if call.interviews_blocked_by is None else {**new, "interviews_blocked_by": None}
