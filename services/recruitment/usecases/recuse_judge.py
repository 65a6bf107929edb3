"""A judge steps aside from an application, or is made to by staff, for a reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition, NotFound
from services.recruitment.domain import refusals
from services.recruitment.domain.lifecycle import Action
from services.recruitment.domain.panel import Source
from services.recruitment.models import Application, Call, Recusal
from services.recruitment.queries import panel
from services.recruitment.schemas.panel import RecuseJudge
from services.recruitment.usecases import access, audit
from services.recruitment.usecases.assigning import fill_panels
from services.recruitment.usecases.locking import lock_with_call


def recuse_judge(session: Session, command: RecuseJudge, *, actor: Actor, now: datetime) -> Recusal:
    """From here on the judge sees nothing of it; somebody else takes their place, if there is anybody. Never taken
    back.

    Raises NotFound, Forbidden, IllegalTransition when it is so already or the results are out.
    """
    roles.require_person(actor)
    call, application = lock_with_call(session, command.application_id)
    judge_id = _meant(session, command, call, application, actor)
    if call.results_at is not None:
        raise IllegalTransition(state="decided", wanted=Action.RECUSE)
    if panel.recusal(session, application.id, judge_id) is not None:
        raise IllegalTransition(state="recused", wanted=Action.RECUSE)

    recusal = Recusal(
        application_id=application.id,
        judge_id=judge_id,
        call_id=call.id,
        source=Source.DECLARED if judge_id == actor.id else Source.CHALLENGED,
        ground=command.ground,
        reason=command.reason,
        recorded_by=actor.id,
        recorded_at=now,
    )
    session.add(recusal)
    session.flush()
    fill_panels(session, call, now=now)
    audit.record(
        session,
        Action.RECUSE,
        subject_id=application.id,
        call_id=call.id,
        before={},
        after={"judge_id": judge_id, "ground": command.ground, "source": recusal.source},
        actor=actor,
        now=now,
        reason=command.reason,
    )
    return recusal


def _meant(session: Session, command: RecuseJudge, call: Call, application: Application, actor: Actor) -> str:
    """Staff name the judge; a judge means oneself and knows only of what they have to judge. Raises NotFound."""
    judge_id = command.judge_id or actor.id
    if roles.is_staff(actor) and judge_id != actor.id:
        if panel.judge(session, call.id, judge_id) is None:
            raise NotFound(access.NO_JUDGE)
        return judge_id
    if panel.recusal(session, application.id, actor.id) is not None:
        raise refusals.recused()
    if judge_id != actor.id or panel.assignment(session, application.id, actor.id) is None:
        raise NotFound(access.NO_APPLICATION)
    return judge_id
