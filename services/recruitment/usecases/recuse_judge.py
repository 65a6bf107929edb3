"""A judge steps aside from an application, or is made to by staff, for a reason."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition, NotFound
from services.recruitment.contract import panel as contract
from services.recruitment.contract.vocabulary import RecusalSource
from services.recruitment.domain import refusals
from services.recruitment.domain.lifecycle import Action
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Recusal
from services.recruitment.models import Call as PublicCall
from services.recruitment.queries import panel
from services.recruitment.usecases import access, audit
from services.recruitment.usecases.assigning import fill_panels
from services.recruitment.usecases.locking import lock_with_call


def recuse_judge(call: Call[RecruitmentRules], command: contract.RecuseJudge) -> contract.Recusal:
    """From here on the judge sees nothing of it; somebody else takes their place, if there is anybody. Never taken
    back.

    Raises NotFound, Forbidden, IllegalTransition when it is so already or the results are out.
    """
    roles.require_person(call.actor)
    public_call, application = lock_with_call(call.session, command.application_id)
    judge_id = _meant(call.session, command, public_call, application, call.actor)
    if public_call.results_at is not None:
        raise IllegalTransition(state="decided", wanted=Action.RECUSE)
    if panel.recusal(call.session, application.id, judge_id) is not None:
        raise IllegalTransition(state="recused", wanted=Action.RECUSE)

    recusal = Recusal(
        application_id=application.id,
        judge_id=judge_id,
        call_id=public_call.id,
        source=RecusalSource.DECLARED if judge_id == call.actor.id else RecusalSource.CHALLENGED,
        ground=command.ground,
        reason=command.reason,
        recorded_by=call.actor.id,
        recorded_at=call.now,
    )
    call.session.add(recusal)
    call.session.flush()
    fill_panels(call.session, public_call, now=call.now)
    audit.record(
        call.session,
        Action.RECUSE,
        subject_id=application.id,
        call_id=public_call.id,
        before={},
        after={"judge_id": judge_id, "ground": command.ground, "source": recusal.source},
        actor=call.actor,
        now=call.now,
        reason=command.reason,
    )
    return contract.Recusal.of(recusal, call.profile.centre.zone)


def _meant(
    session: Session, command: contract.RecuseJudge, public_call: PublicCall, application: Application, actor: Actor
) -> str:
    """Staff name the judge; a judge means oneself and knows only of what they have to judge. Raises NotFound."""
    judge_id = command.judge_id or actor.id
    if roles.is_staff(actor) and judge_id != actor.id:
        if panel.judge(session, public_call.id, judge_id) is None:
            raise NotFound(access.NO_JUDGE)
        return judge_id
    if panel.recusal(session, application.id, actor.id) is not None:
        raise refusals.recused()
    if judge_id != actor.id or panel.assignment(session, application.id, actor.id) is None:
        raise NotFound(access.NO_APPLICATION)
    return judge_id
