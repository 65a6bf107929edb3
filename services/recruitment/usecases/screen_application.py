"""Staff confirm what the rules say of an application, after they have looked at its documents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.recruitment import events
from services.recruitment.domain.eligibility import Verdict
from services.recruitment.domain.lifecycle import Action, Status, after
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Call
from services.recruitment.models import Verdict as VerdictRow
from services.recruitment.queries.applications import submission, verdicts
from services.recruitment.schemas.applications import ScreenApplication
from services.recruitment.usecases import audit
from services.recruitment.usecases.judging import verdicts_of
from services.recruitment.usecases.locking import lock_with_call
from services.recruitment.usecases.shortlisting import draw_shortlist


def screen_application(
    session: Session, command: ScreenApplication, *, actor: Actor, rules: RecruitmentRules, now: datetime
) -> Application:
    """The rules decide on the facts that staff confirm; nobody overrules them. With the last one the shortlist is
    drawn. May be done again until the interviews begin.

    Raises Forbidden, NotFound, IllegalTransition.
    """
    roles.require_staff(actor)
    call, application = lock_with_call(session, command.application_id)
    _require_time(application, call, now)
    submitted = submission(session, application)
    application.facts = command.facts
    found = verdicts_of(application, call, submitted.content if submitted else {})
    passed = all(verdict.passed for verdict in found)
    status = after(Status(application.status), Action.PASS if passed else Action.FAIL)

    before = {"status": application.status}
    application.status, application.points, application.screening_note = status, command.points, command.note
    application.screened_at, application.screened_by, application.changed_at = now, actor.id, now
    application.version += 1
    _write_verdicts(session, application, found, actor, now)
    audit.record(
        session,
        Action.PASS if passed else Action.FAIL,
        subject_id=application.id,
        call_id=call.id,
        before=before,
        after={"status": status, "facts": command.facts, "points": str(command.points)},
        actor=actor,
        now=now,
        reason=(command.note or "")[:500] or None,
    )
    emit(session, events.application_screened(application, verdicts(session, application.id), call, rules), now=now)
    draw_shortlist(session, call, actor=actor, rules=rules, now=now)
    return application


def _require_time(application: Application, call: Call, now: datetime) -> None:
    if application.status == Status.SUBMITTED and now < application.deadline:
        raise IllegalTransition(
            _("It may still be changed by its applicant. Screen it after the deadline."),
            state=application.status,
            wanted="screen",
        )
    if now >= call.interviews_start:
        raise IllegalTransition(_("The interviews have begun."), state="interviews", wanted="screen")
    after(Status(application.status), Action.PASS)


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
