"""Staff freeze the ranking of a call, and the committee's vote decides what nothing else does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.context import Actor
from services.chassis.errors import Invalid, Refusal, Refused
from services.chassis.i18n import msgid as _
from services.recruitment.contract import judging as contract
from services.recruitment.domain import tenure_refusals
from services.recruitment.domain.judging import JudgingAction
from services.recruitment.domain.ranked import Ranking, to_text
from services.recruitment.domain.ranking import rank
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.selection_log import Kind, digest, fingerprint
from services.recruitment.models import Call as PublicCall
from services.recruitment.models import FrozenRanking
from services.recruitment.usecases import audit
from services.recruitment.usecases.judging_access import require_scores_in
from services.recruitment.usecases.locking import lock_call
from services.recruitment.usecases.read_rankings import ranking_answer
from services.recruitment.usecases.selection_logging import append, brought_up_to_date, require_open


def rank_applications(call: Call[RecruitmentRules], command: contract.RankApplications) -> contract.Ranking:
    """Asked again it is the same ranking. Raises Forbidden, NotFound, Refused: `quorum_missing`, `tie_unresolved`."""
    roles.require_staff(call.actor)
    public_call = lock_call(call.session, command.call_id)
    if call.session.get(FrozenRanking, public_call.id) is not None:
        return ranking_answer(call, public_call)
    require_scores_in(call.session, public_call, call.actor)
    log = brought_up_to_date(call.session, public_call, actor=call.actor, now=call.now)
    ranking = rank(log)
    if refused := refusals_of(ranking):
        raise Refused(refused)

    text = to_text(ranking)
    call.session.add(
        FrozenRanking(
            call_id=public_call.id,
            entries=len(log),
            inputs_digest=fingerprint(log),
            ranking=text,
            ranking_digest=digest(text),
            frozen_at=call.now,
            frozen_by=call.actor.id,
        )
    )
    after = {"entries": len(log), "inputs_digest": fingerprint(log), "ranking_digest": digest(text)}
    _record(call.session, JudgingAction.RANK, public_call, after, actor=call.actor, now=call.now)
    return ranking_answer(call, public_call)


def record_tie_vote(call: Call[RecruitmentRules], command: contract.RecordTieVote) -> contract.Vote:
    """Raises Forbidden, NotFound, IllegalTransition, Invalid: these applications are not what is tied."""
    roles.require_staff(call.actor)
    public_call = lock_call(call.session, command.call_id)
    require_open(call.session, public_call, JudgingAction.VOTE)
    require_scores_in(call.session, public_call, call.actor)
    ranking = rank(brought_up_to_date(call.session, public_call, actor=call.actor, now=call.now))
    if tuple(sorted(command.application_ids)) not in ranking.ties:
        tied = [list(tie) for tie in ranking.ties]
        raise Invalid(errors={"application_ids": [_("Give all applications of one tie.")]}, ties=tied)

    content = {"order": list(command.application_ids)}
    append(call.session, public_call, Kind.VOTE, actor=call.actor, now=call.now, content=content)
    _record(
        call.session, JudgingAction.VOTE, public_call, {**content, "note": command.note}, actor=call.actor, now=call.now
    )
    return contract.Vote(call_id=public_call.id, application_ids=command.application_ids, note=command.note)


def refusals_of(ranking: Ranking) -> list[Refusal]:
    """Why it cannot be frozen."""
    missing = ranking.quorum_missing
    found = [tenure_refusals.quorum_missing(ranking.rules.quorum, missing)] if missing else []
    return found + [tenure_refusals.tie_unresolved(tie) for tie in ranking.ties]


def _record(
    session: Session,
    action: JudgingAction,
    public_call: PublicCall,
    after: dict[str, object],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    audit.record(
        session, action, subject_id=public_call.id, call_id=public_call.id, before={}, after=after, actor=actor, now=now
    )
