"""The judges of a call, and the applications that they judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.call import Call
from services.recruitment.contract import panel as contract
from services.recruitment.contract.vocabulary import ApplicationStatus
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Assignment, Judge, Recusal
from services.recruitment.models import Call as PublicCall


def judges(session: Session, call_id: str) -> Sequence[Judge]:
    """Return the current judges of a call, by id."""
    there = select(Judge).where(Judge.call_id == call_id, Judge.removed_at.is_(None))
    return session.scalars(there.order_by(Judge.judge_id)).all()


def judge(session: Session, call_id: str, judge_id: str) -> Judge | None:
    found = session.get(Judge, (call_id, judge_id))
    return found if found is not None and found.removed_at is None else None


def assignments(session: Session, call_id: str) -> Sequence[Assignment]:
    """Return the assignments in force."""
    there = select(Assignment).where(Assignment.call_id == call_id, Assignment.ended_at.is_(None))
    return session.scalars(there.order_by(Assignment.application_id, Assignment.judge_id)).all()


def assignment(session: Session, application_id: str, judge_id: str) -> Assignment | None:
    found = session.get(Assignment, (application_id, judge_id))
    return found if found is not None and found.ended_at is None else None


def recusals(session: Session, call_id: str) -> Sequence[Recusal]:
    of_call = select(Recusal).where(Recusal.call_id == call_id)
    return session.scalars(of_call.order_by(Recusal.recorded_at, Recusal.application_id, Recusal.judge_id)).all()


def recusal(session: Session, application_id: str, judge_id: str) -> Recusal | None:
    return session.get(Recusal, (application_id, judge_id))


def shortlisted(session: Session, call_id: str) -> Sequence[Application]:
    chosen = select(Application).where(
        Application.call_id == call_id, Application.status == ApplicationStatus.SHORTLISTED
    )
    return session.scalars(chosen.order_by(Application.id)).all()


def panel_answer(call: Call[RecruitmentRules], row: PublicCall) -> contract.Panel:
    session, zone = call.session, call.profile.centre.zone
    in_force = assignments(session, row.id)
    load = Counter(each.judge_id for each in in_force)
    applications = shortlisted(session, row.id)
    judge_ids: dict[str, list[str]] = {each.id: [] for each in applications}
    for each in in_force:
        judge_ids.setdefault(each.application_id, []).append(each.judge_id)
    return contract.Panel(
        call_id=row.id,
        judges=[_judge_answer(each, load[each.judge_id]) for each in judges(session, row.id)],
        applications=[
            contract.PanelEntry(
                application_id=each.id,
                organisation_name=each.organisation_name,
                judge_ids=judge_ids[each.id],
                short=len(judge_ids[each.id]) < row.terms["judges"]["least"],
            )
            for each in applications
        ],
        recusals=[contract.Recusal.of(each, zone) for each in recusals(session, row.id)],
    )


def _judge_answer(row: Judge, assigned: int) -> contract.Judge:
    return contract.Judge(
        id=row.judge_id,
        name=row.name,
        organisations=row.organisations,
        ties=[contract.DeclaredTie(**each) for each in row.ties],
        has_contact=bool(row.marks),
        assigned=assigned,
    )
