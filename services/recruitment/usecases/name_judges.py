"""Staff name the judges of a call, all of them at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition, Invalid
from services.chassis.i18n import msgid as _
from services.recruitment.domain.lifecycle import Action
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call, Judge
from services.recruitment.queries import panel
from services.recruitment.schemas.panel import JudgeWish, NameJudges
from services.recruitment.usecases import audit
from services.recruitment.usecases.assigning import fill_panels
from services.recruitment.usecases.locking import lock_call
from services.recruitment.usecases.marking import marks_of


def name_judges(session: Session, command: NameJudges, *, actor: Actor, rules: RecruitmentRules, now: datetime) -> Call:
    """Whoever is not named any more gives up what they have to judge; others take it over.

    Raises Forbidden, NotFound, Invalid for too few or too many, IllegalTransition once the results are out.
    """
    roles.require_staff(actor)
    call = lock_call(session, command.call_id)
    if call.results_at is not None:
        raise IllegalTransition(state="decided", wanted=Action.NAME_JUDGES)
    bounds = rules.selection.judges
    if not bounds.least <= len(command.judges) <= bounds.pool:
        message = _("Name %(least)d to %(pool)d judges.")
        raise Invalid(message, least=bounds.least, pool=bounds.pool)

    before = [each.judge_id for each in panel.judges(session, call.id)]
    there = {each.judge_id: each for each in session.scalars(select(Judge).where(Judge.call_id == call.id))}
    for wish in command.judges:
        judge = there.pop(wish.id, None) or Judge(call_id=call.id, judge_id=wish.id, named_at=now, marks={})
        _describe(judge, wish, call, rules)
        session.add(judge)
    for gone in there.values():
        gone.removed_at = gone.removed_at or now
    session.flush()
    fill_panels(session, call, now=now)
    audit.record(
        session,
        Action.NAME_JUDGES,
        subject_id=call.id,
        call_id=call.id,
        before={"judges": before},
        after={"judges": sorted(wish.id for wish in command.judges)},
        actor=actor,
        now=now,
    )
    return call


def _describe(judge: Judge, wish: JudgeWish, call: Call, rules: RecruitmentRules) -> None:
    """Contact data that is not given again stays as it was marked."""
    judge.name, judge.organisations, judge.removed_at = wish.name, list(wish.organisations), None
    judge.ties = [{"organisation_id": tie.organisation_id, "ground": tie.ground, "note": tie.note} for tie in wish.ties]
    if wish.contact is not None:
        judge.marks = marks_of(wish.contact, call, rules)
