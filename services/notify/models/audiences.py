"""Who belongs to whom notify can write, and what is written to all of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, Integer, PrimaryKeyConstraint, String, text
from sqlalchemy.orm import Mapped, mapped_column

from services.notify.models import Base


class AudienceMember(Base):
    """That a person belongs to an audience by a subject (an enrolment, a tenancy), as its last event says.

    sequence: of that event; an earlier one that comes later changes nothing. Not active: a stone for the same end.
    """

    __tablename__ = "audience_members"
    __table_args__ = (
        PrimaryKeyConstraint(
            "kind", "key", "person_id", "subject", name="a_person_is_in_an_audience_once_by_a_subject"
        ),
        Index("audience_members_by_person", "person_id"),
        Index("audience_members_by_subject", "subject"),
    )

    kind: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(100))
    person_id: Mapped[str] = mapped_column(String(100))
    subject: Mapped[str] = mapped_column(String(200))
    sequence: Mapped[int] = mapped_column(BigInteger)
    active: Mapped[bool]


_GOES_OUT = text("state IN ('scheduled', 'sending')")


class Broadcast(Base):
    """A message to an audience. texts: {language: {subject, body}}. last_person_id: whom it has reached, in the order
    of their ids. people: how many those are. finished_at: when it had reached the last.
    """

    __tablename__ = "broadcasts"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'scheduled', 'sending', 'sent', 'cancelled')", name="broadcast_state_is_known"
        ),
        CheckConstraint(
            "state NOT IN ('scheduled', 'sending', 'sent') OR send_at IS NOT NULL",
            name="broadcast_that_goes_out_has_a_time",
        ),
        Index("broadcasts_due", "send_at", postgresql_where=_GOES_OUT, sqlite_where=_GOES_OUT),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    category: Mapped[str] = mapped_column(String(20))
    audience_kind: Mapped[str] = mapped_column(String(30))
    audience_key: Mapped[str] = mapped_column(String(100))
    channels: Mapped[list[str]] = mapped_column(JSON)
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20))
    send_at: Mapped[datetime | None]
    last_person_id: Mapped[str] = mapped_column(String(100))
    written_by: Mapped[str] = mapped_column(String(100))
    written_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer)
    people: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    finished_at: Mapped[datetime | None]

    @property
    def event_id(self) -> str:
        """Under which its messages stand, so that a person hears of it once."""
        return f"broadcast:{self.id}"

    def became(self, state: str) -> None:
        self.state = state
        self.version += 1
