"""Staff confirm what the rules say of an application, after they have looked at its documents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.recruitment import events
from services.recruitment.contract import applications as contract
from services.recruitment.contract.vocabulary import ApplicationStatus, Capacity
from services.recruitment.domain.eligibility import Verdict
from services.recruitment.domain.lifecycle import Action, after
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application
from services.recruitment.models import Call as PublicCall
from services.recruitment.models import Verdict as VerdictRow
from services.recruitment.queries.applications import submission, verdicts
from services.recruitment.usecases import audit, drafting
from services.recruitment.usecases.judging import verdicts_of
from services.recruitment.usecases.locking import lock_with_call
from services.recruitment.usecases.read_applications import application_answer
from services.recruitment.usecases.shortlisting import draw_shortlist


def screen_application(call: Call[RecruitmentRules], command: contract.ScreenApplication) -> contract.Application:
    """The rules decide on the facts that staff confirm; nobody overrules them. With the last one the shortlist is
    drawn. May be done again until the interviews begin.

    Raises Forbidden, NotFound, IllegalTransition.
    """
    roles.require_staff(call.actor)
    public_call, application = lock_with_call(call.session, command.application_id)
    _require_time(application, public_call, call.now)
    submitted = submission(call.session, application)
    facts = drafting.facts_of(command)
    application.facts = facts
    found = verdicts_of(application, public_call, submitted.content if submitted else {})
    passed = all(verdict.passed for verdict in found)
    status = after(ApplicationStatus(application.status), Action.PASS if passed else Action.FAIL)

    before = {"status": application.status}
    application.status, application.points, application.screening_note = status, command.points, command.note
    application.screened_at, application.screened_by, application.changed_at = call.now, call.actor.id, call.now
    application.version += 1
    _write_verdicts(call.session, application, found, call.actor, call.now)
    audit.record(
        call.session,
        Action.PASS if passed else Action.FAIL,
        subject_id=application.id,
        call_id=public_call.id,
        before=before,
        after={"status": status, "facts": facts, "points": str(command.points)},
        actor=call.actor,
        now=call.now,
        reason=(command.note or "")[:500] or None,
    )
    emit(
        call.session,
        events.application_screened(application, verdicts(call.session, application.id), public_call, call.profile),
        now=call.now,
    )
    draw_shortlist(call.session, public_call, actor=call.actor, rules=call.profile, now=call.now)
    return application_answer(call, application, Capacity.STAFF)


def _require_time(application: Application, public_call: PublicCall, now: datetime) -> None:
    if application.status == ApplicationStatus.SUBMITTED and now < application.deadline:
        raise IllegalTransition(
            _("It may still be changed by its applicant. Screen it after the deadline."),
            state=application.status,
            wanted="screen",
        )
    if now >= public_call.interviews_start:
        raise IllegalTransition(_("The interviews have begun."), state="interviews", wanted="screen")
    after(ApplicationStatus(application.status), Action.PASS)


def _write_verdicts(
    session: Session, application: Application, found: list[Verdict], actor: Actor, now: datetime
) -> None:
    for verdict in found:
        session.merge(
            VerdictRow(
                application_id=application.id,
                rule=verdict.rule,
                passed=verdict.passed,
                reason=verdict.reason,
                details=dict(verdict.details),
                confirmed_by=actor.id,
                confirmed_at=now,
            )
        )
    session.flush()
