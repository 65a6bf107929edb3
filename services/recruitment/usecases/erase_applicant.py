"""A person is erased: what their organisation submitted is the organisation's and stays, they go from it."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.chassis import idempotency, inbox
from services.recruitment.models import (
    NOBODY,
    Application,
    Call,
    Decision,
    Document,
    Draft,
    FileAccess,
    Judge,
    Recusal,
    Submission,
    Verdict,
)
from services.recruitment.usecases.forgetting import forget_person

PEOPLE = (
    Call.created_by,
    Draft.saved_by,
    Submission.submitted_by,
    Document.uploaded_by,
    FileAccess.actor_id,
    Decision.actor_id,
    Verdict.confirmed_by,
    Recusal.recorded_by,
    Application.screened_by,
)
"""The columns that say who did something."""


def erase_applicant(session: Session, person_id: str) -> None:
    """A judge's name goes; the id stays, without which nobody could tell whose a score is."""
    session.execute(
        update(Application)
        .where(Application.applicant_id == person_id)
        .values(applicant_id=NOBODY, applicant_name="", marks={})
    )
    for column in PEOPLE:
        session.execute(update(column.class_).where(column == person_id).values({column.key: NOBODY}))
    for judge in session.scalars(select(Judge).where(Judge.judge_id == person_id)):
        judge.name, judge.marks, judge.ties, judge.organisations = "", {}, [], []
    forget_person(session, person_id)
    idempotency.forget(session, person_id)
    inbox.forget(session, person_id)
