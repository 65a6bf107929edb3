"""Applications, one by one and in lists, with their documents."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.recruitment.contract import applications as contract
from services.recruitment.contract import documents as documents_contract
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Assignment, Document, Submission, Verdict
from services.recruitment.queries.paging import newest_first


def application(session: Session, application_id: str) -> Application | None:
    return session.get(Application, application_id)


def list_applications(call: Call[RecruitmentRules], request: contract.ListApplications) -> contract.ApplicationPage:
    """Newest first. Staff and auditors see all, others their own, those of their organisations, and those they judge.

    Raises Forbidden.
    """
    roles.require_person(call.actor)
    chosen = select(Application)
    if not roles.reads_all(call.actor):
        judged = select(Assignment.application_id).where(
            Assignment.judge_id == call.actor.id, Assignment.ended_at.is_(None)
        )
        chosen = chosen.where(
            or_(
                Application.applicant_id == call.actor.id,
                Application.organisation_id.in_(call.actor.orgs),
                Application.id.in_(judged),
            )
        )
    for name in ("call_id", "organisation_id", "status"):
        if (value := getattr(request, name)) is not None:
            chosen = chosen.where(getattr(Application, name) == value)
    rows, next_cursor = newest_first(call.session, chosen, Application.id, request)
    return contract.ApplicationPage(items=[line_answer(call, each) for each in rows], next_cursor=next_cursor)


def current_documents(session: Session, application_id: str) -> dict[str, Document]:
    """Return the current documents by kind."""
    current = select(Document).where(Document.application_id == application_id, Document.superseded_at.is_(None))
    return {document.kind: document for document in session.scalars(current.order_by(Document.kind))}


def documents(session: Session, application_id: str) -> Sequence[Document]:
    """Return all documents by kind, also those that were superseded."""
    chosen = select(Document).where(Document.application_id == application_id)
    return session.scalars(chosen.order_by(Document.kind, Document.uploaded_at)).all()


def submission(session: Session, row: Application) -> Submission | None:
    """Return the last submission."""
    return session.get(Submission, row.receipt_number) if row.receipt_number else None


def verdicts(session: Session, application_id: str) -> Sequence[Verdict]:
    return session.scalars(select(Verdict).where(Verdict.application_id == application_id).order_by(Verdict.rule)).all()


# --- answers


def line_answer(call: Call[RecruitmentRules], row: Application) -> contract.ApplicationLine:
    return contract.ApplicationLine.of(
        row,
        call.profile.centre.zone,
        applicant=contract.Applicant(id=row.applicant_id, name=row.applicant_name),
        version=row.draft,
        submitted_version=row.submitted_draft,
    )


def document_answer(
    call: Call[RecruitmentRules], row: Document, *, submitted: bool = False
) -> documents_contract.Document:
    return documents_contract.Document.of(row, call.profile.centre.zone, submitted=submitted)
