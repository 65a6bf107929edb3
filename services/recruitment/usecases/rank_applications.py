"""Staff freeze the ranking of a call, and the committee's vote decides what nothing else does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import Invalid, Refusal, Refused
from services.chassis.i18n import msgid as _
from services.recruitment.domain import tenure_refusals
from services.recruitment.domain.judging import JudgingAction
from services.recruitment.domain.ranked import Ranking, to_text
from services.recruitment.domain.ranking import rank
from services.recruitment.domain.selection_log import Kind, digest, fingerprint
from services.recruitment.models import Call, FrozenRanking
from services.recruitment.schemas.judging import RankedCall, RecordTieVote
from services.recruitment.usecases import audit
from services.recruitment.usecases.judging_access import require_scores_in
from services.recruitment.usecases.locking import lock_call
from services.recruitment.usecases.selection_logging import append, brought_up_to_date, require_open


def rank_applications(session: Session, command: RankedCall, *, actor: Actor, now: datetime) -> Call:
    """Asked again it is the same ranking. Raises Forbidden, NotFound, Refused: `quorum_missing`, `tie_unresolved`."""
    roles.require_staff(actor)
    call = lock_call(session, command.call_id)
    if session.get(FrozenRanking, call.id) is not None:
        return call
    require_scores_in(session, call, actor)
    log = brought_up_to_date(session, call, actor=actor, now=now)
    ranking = rank(log)
    if refused := refusals_of(ranking):
        raise Refused(refused)

    text = to_text(ranking)
    session.add(
        FrozenRanking(
            call_id=call.id,
            entries=len(log),
            inputs_digest=fingerprint(log),
            ranking=text,
            ranking_digest=digest(text),
            frozen_at=now,
            frozen_by=actor.id,
        )
    )
    after = {"entries": len(log), "inputs_digest": fingerprint(log), "ranking_digest": digest(text)}
    _record(session, JudgingAction.RANK, call, after, actor=actor, now=now)
    return call


def record_tie_vote(session: Session, command: RecordTieVote, *, actor: Actor, now: datetime) -> Call:
    """Raises Forbidden, NotFound, IllegalTransition, Invalid: these applications are not what is tied."""
    roles.require_staff(actor)
    call = lock_call(session, command.call_id)
    require_open(session, call, JudgingAction.VOTE)
    require_scores_in(session, call, actor)
    ranking = rank(brought_up_to_date(session, call, actor=actor, now=now))
    if tuple(sorted(command.order)) not in ranking.ties:
        tied = [list(tie) for tie in ranking.ties]
        raise Invalid(errors={"application_ids": [_("Give all applications of one tie.")]}, ties=tied)

    content = {"order": list(command.order)}
    append(session, call, Kind.VOTE, actor=actor, now=now, content=content)
    _record(session, JudgingAction.VOTE, call, {**content, "note": command.note}, actor=actor, now=now)
    return call


def refusals_of(ranking: Ranking) -> list[Refusal]:
    """Why it cannot be frozen."""
    missing = ranking.quorum_missing
    found = [tenure_refusals.quorum_missing(ranking.rules.quorum, missing)] if missing else []
    return found + [tenure_refusals.tie_unresolved(tie) for tie in ranking.ties]


def _record(
    session: Session, action: JudgingAction, call: Call, after: dict[str, object], *, actor: Actor, now: datetime
) -> None:
    audit.record(session, action, subject_id=call.id, call_id=call.id, before={}, after=after, actor=actor, now=now)
