"""Scores. Each entrypoint: load, call one use case, dump."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.recruitment.domain.points import written
from services.recruitment.models import Application
from services.recruitment.models import Call as PublicCall
from services.recruitment.queries import applications, judging
from services.recruitment.schemas import judging as schemas
from services.recruitment.usecases import access
from services.recruitment.usecases.grant_bonus import grant_bonus
from services.recruitment.usecases.judging_access import with_open_scores
from services.recruitment.usecases.reading import Capacity, capacity_of
from services.recruitment.usecases.score_application import score_application
from services.recruitment.usecases.selection_logging import ranking_rules
from services.recruitment.views import judging as shown

NOBODY_JUDGES = judging.Progress(0, 0, frozenset())


class Judging:
    @command(schemas.ScoreApplicationSchema, schemas.ScoresView)
    def score_application(self, call: Call, wanted: schemas.ScoreApplication) -> Any:
        return _scores(call, score_application(call.session, wanted, actor=call.actor, now=call.now), as_judge=True)

    @query(schemas.ScoredApplicationSchema, schemas.ScoresView)
    def get_scores(self, call: Call, wanted: schemas.ScoredApplication) -> Any:
        found = applications.application(call.session, wanted.application_id)
        capacity = capacity_of(call.session, call.actor, found)
        if found is None or capacity is Capacity.APPLICANT:
            raise NotFound(access.NO_APPLICATION)
        return _scores(call, found, as_judge=capacity is Capacity.JUDGE)

    @command(schemas.GrantBonusSchema, schemas.BonusView)
    def grant_bonus(self, call: Call, wanted: schemas.GrantBonus) -> Any:
        application = grant_bonus(call.session, wanted, actor=call.actor, now=call.now)
        return {"application_id": application.id, "points": written(wanted.points), "ground": wanted.ground}


def _scores(call: Call, of: Application, *, as_judge: bool) -> Any:
    """as_judge: with what the actor gave. Totals are there where the actor may see them (judging_access)."""
    session, public = call.session, call.session.get_one(PublicCall, of.call_id)
    own = judging.own_entries(session, of, call.actor.id) if as_judge else ()
    progress = judging.progress(session, of.call_id)
    seen = of.id in with_open_scores(session, public, call.actor, progress)
    return shown.scores(
        of,
        own,
        judging.comments_of(session, own[-1]) if own else {},
        progress.get(of.id, NOBODY_JUDGES),
        log=judging.entries_of(session, of.call_id) if seen else None,
        ranking_rules=ranking_rules(public),
        rules=call.profile,
    )
