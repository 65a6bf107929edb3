"""The gateway's tables: who is logged in, and who has set out to log in elsewhere.

What a browser keeps is not in them, only its hash: whoever reads them cannot be anybody.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.chassis.tables import UtcDateTime


class Base(DeclarativeBase):
    type_annotation_map = {datetime: UtcDateTime, list[Any]: JSON}


class BrowserSession(Base):
    """Somebody who is logged in, as they were known at the login. Times are the machine's."""

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("expires_at > created_at", name="session_ends_after_it_begins"),
        Index("sessions_by_end", "expires_at"),
        Index("sessions_by_person", "person_id"),
    )

    browser_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[list[Any]]
    orgs: Mapped[list[Any]]
    locale: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class LoginAttempt(Base):
    """Somebody whose browser was sent to the issuer. It is good for one return, of the same browser."""

    __tablename__ = "login_attempts"
    __table_args__ = (Index("login_attempts_by_end", "expires_at"),)

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    browser_hash: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str] = mapped_column(String(64))
    code_verifier: Mapped[str] = mapped_column(String(128))
    destination: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime]
