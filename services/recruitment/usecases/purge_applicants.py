"""Some time after the results the data of those who were not chosen goes: files, words, names. Numbers stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from services.recruitment.domain.lifecycle import Action
from services.recruitment.domain.retention import anonymous, purged_from
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import (
    NOBODY,
    Application,
    Call,
    Decision,
    DiscardedFile,
    Document,
    Draft,
    FileAccess,
    Judge,
    Purge,
    Recusal,
    Submission,
    Verdict,
)
from services.recruitment.usecases import audit
from services.recruitment.usecases.access import CENTRE
from services.recruitment.usecases.forgetting import forget_applicants
from services.recruitment.usecases.locking import lock_applications, lock_call

STATED = ("status", "receipt_number", "deadline")
"""What of an audited decision says nothing about who it was about."""


def purge_applicants(session: Session, *, rules: RecruitmentRules, now: datetime) -> bool:
    """One call whose time has come. Only who was chosen (selected_at) stays. True: there may be more."""
    call = _due(session, rules, now)
    if call is None:
        return False
    applications = lock_applications(session, call.id)
    gone = [each for each in applications if each.selected_at is None]
    ids = [each.id for each in gone]
    report = {**_discard_files(session, ids, now), "applications": len(gone), "kept": len(applications) - len(gone)}
    for application in gone:
        _forget(application, now)
    _forget_around(session, ids)
    forget_applicants(session, ids)
    _forget_contacts(session, call)

    call.purged_at = now
    call.version += 1
    session.add(Purge(call_id=call.id, at=now, report=report))
    audit.record(
        session, Action.PURGE, subject_id=call.id, call_id=call.id, before={}, after=report, actor=CENTRE, now=now
    )
    return True


def _due(session: Session, rules: RecruitmentRules, now: datetime) -> Call | None:
    waiting = select(Call).where(Call.purged_at.is_(None), Call.results_at.is_not(None)).order_by(Call.results_at)
    for call in session.scalars(waiting):
        assert call.results_at is not None
        if purged_from(call.results_at, call.terms["retention_days"], rules.centre.zone) <= now:
            return lock_call(session, call.id)
    return None


def _discard_files(session: Session, applications: Sequence[str], now: datetime) -> dict[str, Any]:
    """What the store has to let go. Returns how much of what, for the report."""
    documents = session.scalars(select(Document).where(Document.application_id.in_(applications))).all()
    session.add_all(DiscardedFile(key=each.key, discarded_at=now) for each in documents)
    session.execute(delete(Document).where(Document.application_id.in_(applications)))
    return {
        "documents": dict(sorted(Counter(each.kind for each in documents).items())),
        "bytes": sum(each.size for each in documents),
    }


def _forget(application: Application, now: datetime) -> None:
    """What it was about stays (kind, legal type, status), who it was goes."""
    application.organisation_id = application.applicant_id = NOBODY
    application.organisation_name = application.applicant_name = ""
    application.content, application.facts = anonymous({**application.content, **application.facts}), {}
    application.marks, application.screening_note = {}, None
    application.purged_at = now
    application.version += 1


def _forget_around(session: Session, applications: Sequence[str]) -> None:
    for table in (Draft, Submission):
        session.execute(delete(table).where(table.application_id.in_(applications)))
    session.execute(update(Verdict).where(Verdict.application_id.in_(applications)).values(details={}))
    session.execute(update(Recusal).where(Recusal.application_id.in_(applications)).values(reason=""))
    own = (FileAccess.application_id.in_(applications), FileAccess.capacity == "applicant")
    session.execute(update(FileAccess).where(*own).values(actor_id=NOBODY))
    for decision in session.scalars(select(Decision).where(Decision.subject_id.in_(applications))):
        decision.reason = None
        decision.before, decision.after = _stated(decision.before), _stated(decision.after)
        if decision.action in (Action.START, Action.SAVE, Action.SUBMIT, Action.WITHDRAW):
            decision.actor_id = NOBODY


def _stated(snapshot: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in snapshot.items() if name in STATED}


def _forget_contacts(session: Session, call: Call) -> None:
    """Marks say nothing any more without the call's secret, and judges' ties are about applicants."""
    call.pepper = ""
    for judge in session.scalars(select(Judge).where(Judge.call_id == call.id)):
        judge.marks, judge.ties = {}, []
