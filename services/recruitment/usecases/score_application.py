"""A judge scores an application, or abstains, and may correct it until the ranking is frozen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.recruitment.domain.judging import JudgingAction, Measure, require_whole
from services.recruitment.domain.points import written
from services.recruitment.domain.selection_log import Kind
from services.recruitment.models import Application, LogEntry, ScoreComment
from services.recruitment.queries.judging import own_entries
from services.recruitment.schemas.judging import ScoreApplication
from services.recruitment.usecases import audit
from services.recruitment.usecases.judging_access import require_judge
from services.recruitment.usecases.locking import lock_with_call
from services.recruitment.usecases.selection_logging import append, require_open, seat_of


def score_application(session: Session, command: ScoreApplication, *, actor: Actor, now: datetime) -> Application:
    """Every submission is an entry of the log; the last one counts.

    Raises NotFound, Forbidden (`recused`, `conflict_of_interest`), IllegalTransition, Invalid by criterion.
    """
    call, application = lock_with_call(session, command.application_id)
    require_judge(session, application, actor)
    require_open(session, call, JudgingAction.SCORE)
    if not command.abstain:
        require_whole(command.points, [Measure(each.id, each.points, each.optional) for each in call.criteria])

    before = own_entries(session, application, actor.id)
    points = {name: written(value) for name, value in sorted(command.points.items())}
    entry = append(
        session,
        call,
        Kind.ABSTENTION if command.abstain else Kind.SCORES,
        actor=actor,
        now=now,
        application_id=application.id,
        seat=seat_of(session, call, actor.id),
        content={} if command.abstain else {"points": points},
    )
    comments = dict(command.comments)
    session.add(ScoreComment(call_id=call.id, sequence=entry.sequence, comments=comments, reason=command.reason))
    audit.record(
        session,
        _action(command, corrected=bool(before)),
        subject_id=application.id,
        call_id=call.id,
        before=_told(before[-1]) if before else {},
        after=_told(entry),
        actor=actor,
        now=now,
        reason=command.reason,
    )
    return application


def _action(command: ScoreApplication, *, corrected: bool) -> JudgingAction:
    if command.abstain:
        return JudgingAction.ABSTAIN
    return JudgingAction.CORRECT_SCORE if corrected else JudgingAction.SCORE


def _told(entry: LogEntry) -> dict[str, Any]:
    return {"sequence": entry.sequence, "kind": entry.kind, **entry.content}
