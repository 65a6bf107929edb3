"""Read the scores of an application: one's own, and those of others once they may be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from services.chassis.call import Call
from services.chassis.errors import NotFound
from services.recruitment.contract import judging as contract
from services.recruitment.contract.vocabulary import Capacity
from services.recruitment.domain.points import written
from services.recruitment.domain.ranked import Total
from services.recruitment.domain.ranking import preview
from services.recruitment.domain.ranking_rules import RankingRules
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.selection_log import Entry, Kind
from services.recruitment.models import Application, LogEntry
from services.recruitment.models import Call as PublicCall
from services.recruitment.queries import applications, judging
from services.recruitment.usecases import access
from services.recruitment.usecases.judging_access import with_open_scores
from services.recruitment.usecases.reading import capacity_of
from services.recruitment.usecases.selection_logging import ranking_rules

NO_JUDGES = judging.Progress(0, 0, frozenset())


def get_scores(call: Call[RecruitmentRules], request: contract.GetScores) -> contract.Scores:
    """Raises NotFound, and Forbidden with the code `recused` or `conflict_of_interest`."""
    row = applications.application(call.session, request.application_id)
    capacity = capacity_of(call.session, call.actor, row)
    if row is None or capacity is Capacity.APPLICANT:
        raise NotFound(access.NO_APPLICATION)
    return scores_answer(call, row, as_judge=capacity is Capacity.JUDGE)


def scores_answer(call: Call[RecruitmentRules], row: Application, *, as_judge: bool) -> contract.Scores:
    """as_judge: with the actor's own scores. The totals are there if the actor may see them (judging_access)."""
    session, public_call = call.session, call.session.get_one(PublicCall, row.call_id)
    own = judging.own_entries(session, row, call.actor.id) if as_judge else ()
    progress = judging.progress(session, row.call_id)
    of_application = progress.get(row.id, NO_JUDGES)
    rules = ranking_rules(public_call)
    line = None
    if row.id in with_open_scores(session, public_call, call.actor, progress):
        line = preview(judging.entries_of(session, row.call_id), rules, row.id, row.kind)
    return contract.Scores(
        application_id=row.id,
        own=_sheet(call, own, judging.comments_of(session, own[-1]), rules) if own else None,
        expected=of_application.expected,
        submitted=of_application.submitted,
        totals=[total_answer(each) for each in line.totals] if line else None,
        mean=written(line.mean) if line else None,
        bonus=written(line.bonus) if line else None,
    )


def total_answer(total: Total) -> contract.Total:
    return contract.Total(
        seat=total.seat,
        scores={name: written(points) for name, points in sorted(total.points.items())},
        total=written(total.total),
        counted=total.counted,
    )


def _sheet(
    call: Call[RecruitmentRules], own: Sequence[LogEntry], comments: Mapping[str, str], rules: RankingRules
) -> contract.Sheet:
    """own: entries of one judge, the last of which counts."""
    last = own[-1]
    abstained = last.kind == Kind.ABSTENTION
    return contract.Sheet(
        scores={} if abstained else last.content["points"],
        comments=dict(comments),
        total=None if abstained else written(_own_total(last, rules)),
        abstained=abstained,
        submitted_at=last.at.astimezone(call.profile.centre.zone),
        corrections=len(own) - 1,
    )


def _own_total(entry: LogEntry, rules: RankingRules) -> Decimal:
    alone = Entry(1, Kind.SCORES, entry.application_id, entry.seat, entry.content)
    return preview([alone], rules, entry.application_id, "").totals[0].total
