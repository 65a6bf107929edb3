"""What people chose and agreed to, and who saw their data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.tables import RowNumber
from services.notify.models import Base


class Consent(Base):
    """The history of a person's consents: each that was given, confirmed again or taken back."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("kind IN ('advertising', 'night')", name="consent_kind_is_known"),
        Index("consents_by_person", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    person_id: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    given: Mapped[bool]
    at: Mapped[datetime]


class Preference(Base):
    """choices: {category: {channel: wanted}}, no more than the person chose. quiet_*: "HH:MM" in the person's zone."""

    __tablename__ = "preferences"
    __table_args__ = (
        CheckConstraint("(quiet_start IS NULL) = (quiet_end IS NULL)", name="quiet_hours_have_a_start_and_an_end"),
    )

    person_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    quiet_start: Mapped[str | None] = mapped_column(String(5))
    quiet_end: Mapped[str | None] = mapped_column(String(5))
    updated_at: Mapped[datetime]


class Disclosure(Base):
    """The access log: one row for each person whose data somebody saw or took along, and why. Never changed."""

    __tablename__ = "disclosures"
    __table_args__ = (
        CheckConstraint("action IN ('view', 'export')", name="disclosure_action_is_known"),
        CheckConstraint("reason <> ''", name="disclosure_has_a_reason"),
        Index("disclosures_by_person", "person_id", "id"),
        Index("disclosures_by_age", "at"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    person_id: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))
    actor_id: Mapped[str] = mapped_column(String(100))
    actor_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
