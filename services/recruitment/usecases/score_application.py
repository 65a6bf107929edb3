"""A judge scores an application, or abstains, and may correct it until the ranking is frozen."""

from __future__ import annotations

from typing import Any

from services.chassis.call import Call
from services.recruitment.contract import judging as contract
from services.recruitment.domain.judging import JudgingAction, Measure, require_whole
from services.recruitment.domain.points import written
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.selection_log import Kind
from services.recruitment.models import LogEntry, ScoreComment
from services.recruitment.queries.judging import own_entries
from services.recruitment.usecases import audit
from services.recruitment.usecases.judging_access import require_judge
from services.recruitment.usecases.locking import lock_with_call
from services.recruitment.usecases.read_scores import scores_answer
from services.recruitment.usecases.selection_logging import append, require_open, seat_of


def score_application(call: Call[RecruitmentRules], command: contract.ScoreApplication) -> contract.Scores:
    """Every submission is an entry of the log; the last one counts.

    Raises NotFound, Forbidden (`recused`, `conflict_of_interest`), IllegalTransition, Invalid by criterion.
    """
    public_call, application = lock_with_call(call.session, command.application_id)
    require_judge(call.session, application, call.actor)
    require_open(call.session, public_call, JudgingAction.SCORE)
    if not command.abstain:
        require_whole(command.scores, [Measure(each.id, each.points, each.optional) for each in public_call.criteria])

    before = own_entries(call.session, application, call.actor.id)
    points = {name: written(value) for name, value in sorted(command.scores.items())}
    entry = append(
        call.session,
        public_call,
        Kind.ABSTENTION if command.abstain else Kind.SCORES,
        actor=call.actor,
        now=call.now,
        application_id=application.id,
        seat=seat_of(call.session, public_call, call.actor.id),
        content={} if command.abstain else {"points": points},
    )
    comments = dict(command.comments)
    call.session.add(
        ScoreComment(call_id=public_call.id, sequence=entry.sequence, comments=comments, reason=command.reason)
    )
    audit.record(
        call.session,
        _action(command, corrected=bool(before)),
        subject_id=application.id,
        call_id=public_call.id,
        before=_told(before[-1]) if before else {},
        after=_told(entry),
        actor=call.actor,
        now=call.now,
        reason=command.reason,
    )
    return scores_answer(call, application, as_judge=True)


def _action(command: contract.ScoreApplication, *, corrected: bool) -> JudgingAction:
    if command.abstain:
        return JudgingAction.ABSTAIN
    return JudgingAction.CORRECT_SCORE if corrected else JudgingAction.SCORE


def _told(entry: LogEntry) -> dict[str, Any]:
    return {"sequence": entry.sequence, "kind": entry.kind, **entry.content}
