"""Rankings and results. Each entrypoint: load, call one use case, dump."""

from __future__ import annotations

from typing import Any

from services.chassis import roles
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import Forbidden
from services.chassis.i18n import msgid as _
from services.recruitment.models import Call as PublicCall
from services.recruitment.models import FrozenRanking
from services.recruitment.queries import calls, judging, offers, panel
from services.recruitment.schemas import judging as schemas
from services.recruitment.usecases import access
from services.recruitment.usecases.judging_access import with_open_scores
from services.recruitment.usecases.publish_results import publish_results
from services.recruitment.usecases.rank_applications import rank_applications, record_tie_vote
from services.recruitment.views import judging as shown


class Rankings:
    @command(schemas.RankedCallSchema, schemas.RankingView)
    def rank_applications(self, call: Call, wanted: schemas.RankedCall) -> Any:
        return _ranking(call, rank_applications(call.session, wanted, actor=call.actor, now=call.now))

    @command(schemas.RecordTieVoteSchema, schemas.VoteView)
    def record_tie_vote(self, call: Call, wanted: schemas.RecordTieVote) -> Any:
        voted = record_tie_vote(call.session, wanted, actor=call.actor, now=call.now)
        return {"call_id": voted.id, "application_ids": list(wanted.order), "note": wanted.note}

    @command(schemas.RankedCallSchema, schemas.RankingView)
    def publish_results(self, call: Call, wanted: schemas.RankedCall) -> Any:
        out = publish_results(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _ranking(call, out)

    @query(schemas.RankedCallSchema, schemas.RankingView)
    def get_ranking(self, call: Call, wanted: schemas.RankedCall) -> Any:
        found = access.require_visible(call.actor, calls.call(call.session, wanted.call_id))
        return _ranking(call, found)


def _ranking(call: Call, of: PublicCall) -> Any:
    session = call.session
    selected = shown.Selected(
        call=of,
        frozen=session.get(FrozenRanking, of.id),
        applications=judging.applications_of(session, of),
        offered=frozenset(offers.offers_of(session, of.id)),
        progress=judging.progress(session, of.id),
    )
    return shown.ranking(selected, _sight(call, selected), call.profile, call.context.locale)


def _sight(call: Call, of: shown.Selected) -> shown.Sight:
    """Raises Forbidden: neither staff nor a judge, and no applicant whose result is out."""
    session, actor = call.session, call.actor
    is_judge = panel.judge(session, of.call.id, actor.id) is not None
    if is_judge or roles.reads_all(actor):
        named = with_open_scores(session, of.call, actor, of.progress)
        return shown.Sight(named=named, progress=not is_judge)
    own = frozenset(each.id for each in of.applications.values() if access.is_own(actor, each))
    if own and of.call.results_at is not None:
        return shown.Sight(named=own, own=own, anonymous=True)
    raise Forbidden(_("The results are told to those who applied, when they are out."))
