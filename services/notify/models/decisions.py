"""Who decided what about broadcasts and templates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.tables import RowNumber
from services.notify.models import Base


class Decision(Base):
    """The audit log: who did what to a broadcast or a template (subject_id), when, what it was before and after."""

    __tablename__ = "decisions"
    __table_args__ = (Index("decisions_by_subject", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    subject_id: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(30))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
