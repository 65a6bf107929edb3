"""Staff name the judges of a call, all of them at once."""

from __future__ import annotations

from sqlalchemy import select

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import IllegalTransition, Invalid
from services.chassis.i18n import msgid as _
from services.recruitment.contract import panel as contract
from services.recruitment.domain.lifecycle import Action
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Call as PublicCall
from services.recruitment.models import Judge
from services.recruitment.queries import panel
from services.recruitment.usecases import audit
from services.recruitment.usecases.assigning import fill_panels
from services.recruitment.usecases.locking import lock_call
from services.recruitment.usecases.marking import marks_of


def name_judges(call: Call[RecruitmentRules], command: contract.NameJudges) -> contract.Panel:
    """Whoever is not named any more gives up what they have to judge; others take it over.

    Raises Forbidden, NotFound, Invalid for too few or too many, IllegalTransition once the results are out.
    """
    roles.require_staff(call.actor)
    public_call = lock_call(call.session, command.call_id)
    if public_call.results_at is not None:
        raise IllegalTransition(state="decided", wanted=Action.NAME_JUDGES)
    bounds = call.profile.selection.judges
    if not bounds.least <= len(command.judges) <= bounds.pool:
        message = _("Name %(least)d to %(pool)d judges.")
        raise Invalid(message, least=bounds.least, pool=bounds.pool)

    before = [each.judge_id for each in panel.judges(call.session, public_call.id)]
    there = {each.judge_id: each for each in call.session.scalars(select(Judge).where(Judge.call_id == public_call.id))}
    for given in command.judges:
        judge = there.pop(given.id, None) or Judge(
            call_id=public_call.id, judge_id=given.id, named_at=call.now, marks={}
        )
        _describe(judge, given, public_call, call.profile)
        call.session.add(judge)
    for gone in there.values():
        gone.removed_at = gone.removed_at or call.now
    call.session.flush()
    fill_panels(call.session, public_call, now=call.now)
    audit.record(
        call.session,
        Action.NAME_JUDGES,
        subject_id=public_call.id,
        call_id=public_call.id,
        before={"judges": before},
        after={"judges": sorted(given.id for given in command.judges)},
        actor=call.actor,
        now=call.now,
    )
    return panel.panel_answer(call, public_call)


def _describe(judge: Judge, given: contract.NewJudge, public_call: PublicCall, rules: RecruitmentRules) -> None:
    """Marks of contact data that is not given again stay."""
    judge.name, judge.organisations, judge.removed_at = given.name, list(given.organisations), None
    judge.ties = [dict(vars(tie)) for tie in given.ties]
    if given.contact is not None:
        judge.marks = marks_of(given.contact, public_call, rules)
