"""Staff publish the results of a call: every applicant is told their own, and the units are offered by rank."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition, Refused
from services.chassis.events import emit_all
from services.recruitment.domain.judging import JudgingAction
from services.recruitment.domain.outcomes import outcome
from services.recruitment.domain.ranking import rank
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.events import offers as events
from services.recruitment.models import Call, FrozenRanking
from services.recruitment.queries.judging import applications_of
from services.recruitment.queries.offers import offers_of
from services.recruitment.schemas.judging import RankedCall
from services.recruitment.usecases import audit
from services.recruitment.usecases.judging_access import require_scores_in
from services.recruitment.usecases.locking import lock_call
from services.recruitment.usecases.offering import offer_free_units, ranking_of
from services.recruitment.usecases.rank_applications import refusals_of
from services.recruitment.usecases.selection_logging import brought_up_to_date


def publish_results(
    session: Session, command: RankedCall, *, actor: Actor, rules: RecruitmentRules, now: datetime
) -> Call:
    """Raises Forbidden, NotFound, IllegalTransition (not ranked, or published before), Refused: what is in the way of
    the ranking.
    """
    roles.require_staff(actor)
    call = lock_call(session, command.call_id)
    if call.results_at is not None:
        raise IllegalTransition(state="published", wanted=JudgingAction.PUBLISH_RESULTS)
    if session.get(FrozenRanking, call.id) is None:
        require_scores_in(session, call, actor)
        if refused := refusals_of(rank(brought_up_to_date(session, call, actor=actor, now=now))):
            raise Refused(refused)
        raise IllegalTransition(state="not_ranked", wanted=JudgingAction.PUBLISH_RESULTS)

    call.results_at = now
    call.version += 1
    offer_free_units(session, call, rules=rules, now=now)
    _tell(session, call, rules, now)
    audit.record(
        session,
        JudgingAction.PUBLISH_RESULTS,
        subject_id=call.id,
        call_id=call.id,
        before={"results_at": None},
        after={"results_at": now.isoformat()},
        actor=actor,
        now=now,
    )
    return call


def _tell(session: Session, call: Call, rules: RecruitmentRules, now: datetime) -> None:
    """Who has withdrawn since the ranking was frozen wants to hear no result."""
    ranking, offers = ranking_of(session, call), offers_of(session, call.id)
    applications = applications_of(session, call)
    candidates = Counter(line.kind for line in ranking.lines)
    told = [
        events.result_published(
            applications[line.application_id],
            line,
            outcome(line, offered=line.application_id in offers),
            call,
            candidates=candidates[line.kind],
            rules=rules,
        )
        for line in ranking.lines
        if applications[line.application_id].withdrawn_at is None
    ]
    emit_all(session, told, now=now)
