"""Applications one by one and in lists, with what belongs to them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.recruitment.models import Application, Assignment, Document, Submission, Verdict
from services.recruitment.schemas.applications import FindApplications


def application(session: Session, application_id: str) -> Application | None:
    return session.get(Application, application_id)


def find_applications(
    session: Session, find: FindApplications, *, actor: Actor, all_of_them: bool
) -> Sequence[Application]:
    """Newest first, one more than the limit when there are more. Without `all_of_them` those of the actor and their
    organisations, and those that they judge.
    """
    chosen = select(Application).order_by(Application.id.desc()).limit(find.limit + 1)
    if not all_of_them:
        judged = select(Assignment.application_id).where(Assignment.judge_id == actor.id, Assignment.ended_at.is_(None))
        chosen = chosen.where(
            or_(
                Application.applicant_id == actor.id,
                Application.organisation_id.in_(actor.orgs),
                Application.id.in_(judged),
            )
        )
    for name in ("call_id", "organisation_id", "status"):
        if (value := getattr(find, name)) is not None:
            chosen = chosen.where(getattr(Application, name) == value)
    if find.cursor is not None:
        chosen = chosen.where(Application.id < find.cursor)
    return session.scalars(chosen).all()


def current_documents(session: Session, application_id: str) -> dict[str, Document]:
    """By kind."""
    current = select(Document).where(Document.application_id == application_id, Document.superseded_at.is_(None))
    return {document.kind: document for document in session.scalars(current.order_by(Document.kind))}


def documents(session: Session, application_id: str) -> Sequence[Document]:
    """All that there are, by kind, those that were superseded too."""
    all_of_them = select(Document).where(Document.application_id == application_id)
    return session.scalars(all_of_them.order_by(Document.kind, Document.uploaded_at)).all()


def submission(session: Session, of: Application) -> Submission | None:
    """What was submitted last."""
    return session.get(Submission, of.receipt_number) if of.receipt_number else None


def verdicts(session: Session, application_id: str) -> Sequence[Verdict]:
    return session.scalars(select(Verdict).where(Verdict.application_id == application_id).order_by(Verdict.rule)).all()
