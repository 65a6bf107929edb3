"""Staff publish the results of a call: every applicant is told their own, and the units are offered by rank."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import IllegalTransition, Refused
from services.chassis.events import emit_all
from services.recruitment.contract import judging as contract
from services.recruitment.domain.judging import JudgingAction
from services.recruitment.domain.outcomes import outcome
from services.recruitment.domain.ranking import rank
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.events import offers as events
from services.recruitment.models import Call as PublicCall
from services.recruitment.models import FrozenRanking
from services.recruitment.queries.judging import applications_of
from services.recruitment.queries.offers import offers_of
from services.recruitment.usecases import audit
from services.recruitment.usecases.judging_access import require_scores_in
from services.recruitment.usecases.locking import lock_call
from services.recruitment.usecases.offering import offer_free_units, ranking_of
from services.recruitment.usecases.rank_applications import refusals_of
from services.recruitment.usecases.read_rankings import ranking_answer
from services.recruitment.usecases.selection_logging import brought_up_to_date


def publish_results(call: Call[RecruitmentRules], command: contract.PublishResults) -> contract.Ranking:
    """Raises Forbidden, NotFound, IllegalTransition (not ranked, or published before), Refused: what is in the way of
    the ranking.
    """
    roles.require_staff(call.actor)
    public_call = lock_call(call.session, command.call_id)
    if public_call.results_at is not None:
        raise IllegalTransition(state="published", wanted=JudgingAction.PUBLISH_RESULTS)
    if call.session.get(FrozenRanking, public_call.id) is None:
        require_scores_in(call.session, public_call, call.actor)
        if refused := refusals_of(rank(brought_up_to_date(call.session, public_call, actor=call.actor, now=call.now))):
            raise Refused(refused)
        raise IllegalTransition(state="not_ranked", wanted=JudgingAction.PUBLISH_RESULTS)

    public_call.results_at = call.now
    public_call.version += 1
    offer_free_units(call.session, public_call, rules=call.profile, now=call.now)
    _tell(call.session, public_call, call.profile, call.now)
    audit.record(
        call.session,
        JudgingAction.PUBLISH_RESULTS,
        subject_id=public_call.id,
        call_id=public_call.id,
        before={"results_at": None},
        after={"results_at": call.now.isoformat()},
        actor=call.actor,
        now=call.now,
    )
    return ranking_answer(call, public_call)


def _tell(session: Session, public_call: PublicCall, rules: RecruitmentRules, now: datetime) -> None:
    """Who has withdrawn since the ranking was frozen wants to hear no result."""
    ranking, offers = ranking_of(session, public_call), offers_of(session, public_call.id)
    applications = applications_of(session, public_call)
    candidates = Counter(line.kind for line in ranking.lines)
    told = [
        events.result_published(
            applications[line.application_id],
            line,
            outcome(line, offered=line.application_id in offers),
            public_call,
            candidates=candidates[line.kind],
            rules=rules,
        )
        for line in ranking.lines
        if applications[line.application_id].withdrawn_at is None
    ]
    emit_all(session, told, now=now)
