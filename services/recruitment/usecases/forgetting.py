"""What of scores, offers and contracts goes with the applicants who were not chosen, and with whoever is erased."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.orm import Session

from services.recruitment.models import (
    NOBODY,
    CertificationFacts,
    Decision,
    Designation,
    FrozenRanking,
    LogEntry,
    Milestone,
    Offer,
    Review,
    ScoreComment,
    Seat,
    Tenancy,
)

PEOPLE = (
    LogEntry.actor_id,
    FrozenRanking.frozen_by,
    Offer.person_id,
    Offer.decided_by,
    Tenancy.signed_by,
    Review.reviewed_by,
    Designation.recorded_by,
    Milestone.recorded_by,
    CertificationFacts.recorded_by,
)
"""The columns that say who it was."""


def forget_applicants(session: Session, applications: Sequence[str]) -> None:
    """The judges' words go, and who was offered a unit. Points and ranks stay: they name nobody, and the ranking must
    be rebuilt from them.
    """
    entries = select(LogEntry.call_id, LogEntry.sequence).where(LogEntry.application_id.in_(applications))
    session.execute(delete(ScoreComment).where(tuple_(ScoreComment.call_id, ScoreComment.sequence).in_(entries)))
    offers = list(session.scalars(select(Offer.id).where(Offer.application_id.in_(applications))))
    gone = {"organisation_id": NOBODY, "organisation_name": "", "person_id": NOBODY}
    session.execute(update(Offer).where(Offer.id.in_(offers)).values(**gone, decided_by=NOBODY))
    session.execute(update(Tenancy).where(Tenancy.offer_id.in_(offers)).values(**gone, person_name=""))
    session.execute(update(Decision).where(Decision.subject_id.in_(offers)).values(actor_id=NOBODY))


def forget_person(session: Session, person_id: str) -> None:
    """A judge's scores stay under the number of their seat, which leads to nobody any more."""
    session.execute(update(Tenancy).where(Tenancy.person_id == person_id).values(person_id=NOBODY, person_name=""))
    for column in PEOPLE:
        session.execute(update(column.class_).where(column == person_id).values({column.key: NOBODY}))
    for seat in session.scalars(select(Seat).where(Seat.judge_id == person_id)).all():
        session.execute(
            update(Seat)
            .where(Seat.call_id == seat.call_id, Seat.seat == seat.seat)
            .values(judge_id=f"{NOBODY}#{seat.seat}")
        )
