"""Read the ranking of a call. Everybody sees their own, and nobody a mean before their own scores are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import Forbidden
from services.chassis.i18n import msgid as _
from services.chassis.i18n import translate
from services.recruitment.contract import judging as contract
from services.recruitment.contract.vocabulary import RankingState, UnitKind
from services.recruitment.domain.explanation import explained
from services.recruitment.domain.outcomes import outcome
from services.recruitment.domain.points import written
from services.recruitment.domain.ranked import Line, Ranking, from_text
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, FrozenRanking
from services.recruitment.models import Call as PublicCall
from services.recruitment.queries import calls, judging, offers, panel
from services.recruitment.queries.judging import Progress
from services.recruitment.usecases import access
from services.recruitment.usecases.judging_access import with_open_scores
from services.recruitment.usecases.read_scores import total_answer

PACKAGE = "services.recruitment"


@dataclass(frozen=True)
class Sight:
    """Which parts of a ranking the actor may see.

    named: applications whose lines are shown whole, with their names. own: those of them that are the actor's.
    anonymous: the other lines are shown without a name.
    """

    named: frozenset[str]
    own: frozenset[str] = frozenset()
    anonymous: bool = False
    progress: bool = False


def get_ranking(call: Call[RecruitmentRules], request: contract.GetRanking) -> contract.Ranking:
    """Raises NotFound, Forbidden."""
    row = access.require_visible(call.actor, calls.call(call.session, request.call_id))
    return ranking_answer(call, row)


def ranking_answer(call: Call[RecruitmentRules], row: PublicCall) -> contract.Ranking:
    """Raises Forbidden if the actor is neither staff nor a judge, nor an applicant whose result is out."""
    zone = call.profile.centre.zone
    frozen = call.session.get(FrozenRanking, row.id)
    applications = judging.applications_of(call.session, row)
    progress = judging.progress(call.session, row.id)
    sight = _sight(call, row, applications, progress)
    state = RankingState.OPEN
    if frozen is not None:
        state = RankingState.FROZEN if row.results_at is None else RankingState.PUBLISHED
    return contract.Ranking(
        call_id=row.id,
        state=state,
        frozen_at=frozen.frozen_at.astimezone(zone) if frozen else None,
        published_at=row.results_at.astimezone(zone) if row.results_at else None,
        entries=frozen.entries if frozen else None,
        inputs_digest=frozen.inputs_digest if frozen else None,
        ranking_digest=frozen.ranking_digest if frozen else None,
        lines=_lines(call, row, from_text(frozen.ranking), applications, sight) if frozen else [],
        progress=[
            contract.Progress(application_id=each, expected=known.expected, submitted=known.submitted)
            for each, known in progress.items()
            if sight.progress
        ],
    )


def _sight(
    call: Call[RecruitmentRules],
    row: PublicCall,
    applications: Mapping[str, Application],
    progress: Mapping[str, Progress],
) -> Sight:
    """Raises Forbidden."""
    is_judge = panel.judge(call.session, row.id, call.actor.id) is not None
    if is_judge or roles.reads_all(call.actor):
        named = with_open_scores(call.session, row, call.actor, progress)
        return Sight(named=named, progress=not is_judge)
    own = frozenset(each.id for each in applications.values() if access.is_own(call.actor, each))
    if own and row.results_at is not None:
        return Sight(named=own, own=own, anonymous=True)
    raise Forbidden(_("The results are told to those who applied, when they are out."))


def _lines(
    call: Call[RecruitmentRules],
    row: PublicCall,
    ranking: Ranking,
    applications: Mapping[str, Application],
    sight: Sight,
) -> list[contract.Line]:
    offered = frozenset(offers.offers_of(call.session, row.id))
    candidates = Counter(line.kind for line in ranking.lines)
    names = {each.id: each.names for each in row.criteria}
    lines = []
    for line in ranking.lines:
        if line.application_id in sight.named:
            reasons = explained(line, ranking.rules, candidates=candidates[line.kind], names=names)
            lines.append(
                _line(
                    line,
                    offered,
                    application_id=line.application_id,
                    organisation_name=applications[line.application_id].organisation_name,
                    own=line.application_id in sight.own,
                    mean=written(line.mean),
                    bonus=written(line.bonus),
                    totals=[total_answer(each) for each in line.totals],
                    explanation=[translate(PACKAGE, call.context.locale, text, places) for text, places in reasons],
                )
            )
        elif sight.anonymous:
            lines.append(_line(line, offered))
    return lines


def _line(
    line: Line,
    offered: frozenset[str],
    *,
    application_id: str | None = None,
    organisation_name: str | None = None,
    own: bool = False,
    mean: str | None = None,
    bonus: str | None = None,
    totals: list[contract.Total] | None = None,
    explanation: list[str] | None = None,
) -> contract.Line:
    """Build a line, without a name and details if they are not given."""
    return contract.Line(
        application_id=application_id,
        organisation_name=organisation_name,
        own=own,
        kind=UnitKind(line.kind),
        rank=line.rank,
        score=written(line.score),
        passed=line.passed,
        outcome=outcome(line, offered=line.application_id in offered),
        mean=mean,
        bonus=bonus,
        totals=totals or [],
        explanation=explanation or [],
    )
