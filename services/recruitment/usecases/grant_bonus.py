"""Staff grant an application the bonus that it has a ground for."""

from __future__ import annotations

from decimal import Decimal

from services.chassis import roles
from services.chassis.call import Call
from services.recruitment.contract import judging as contract
from services.recruitment.domain.judging import JudgingAction, require_bonus
from services.recruitment.domain.points import written
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.domain.selection_log import Kind
from services.recruitment.usecases import audit
from services.recruitment.usecases.locking import lock_with_call
from services.recruitment.usecases.selection_logging import append, require_open


def grant_bonus(call: Call[RecruitmentRules], command: contract.GrantBonus) -> contract.Bonus:
    """The last one counts; 0 takes it away. Raises Forbidden, NotFound, IllegalTransition, Invalid."""
    roles.require_staff(call.actor)
    public_call, application = lock_with_call(call.session, command.application_id)
    require_open(call.session, public_call, JudgingAction.GRANT_BONUS)
    require_bonus(command.points, Decimal(public_call.terms["scoring"]["most_bonus"]))

    content = {"points": written(command.points), "ground": command.ground}
    append(
        call.session,
        public_call,
        Kind.BONUS,
        actor=call.actor,
        now=call.now,
        application_id=application.id,
        content=content,
    )
    audit.record(
        call.session,
        JudgingAction.GRANT_BONUS,
        subject_id=application.id,
        call_id=public_call.id,
        before={},
        after=content,
        actor=call.actor,
        now=call.now,
    )
    return contract.Bonus(application_id=application.id, points=written(command.points), ground=command.ground)
