"""Stored templates, and the digests that gather what is told in one message."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.tables import RowNumber
from services.notify.models import Base


class StoredTemplate(Base):
    """A centre's own words in place of the shipped ones (version 0). A version is never changed, only followed.

    approval: of AlimTalk alone. variables: the names that it may use.
    """

    __tablename__ = "templates"
    __table_args__ = (
        PrimaryKeyConstraint("key", "channel", "locale", "version", name="a_template_has_each_version_once"),
        CheckConstraint("version >= 1", name="template_version_counts_from_one"),
        CheckConstraint(
            "(channel = 'alimtalk') = (approval IS NOT NULL)", name="alimtalk_template_is_somewhere_in_its_approval"
        ),
        CheckConstraint("approval IN ('REG', 'REQ', 'APR', 'REJ')", name="approval_is_known"),
    )

    key: Mapped[str] = mapped_column(String(100))
    channel: Mapped[str] = mapped_column(String(20))
    locale: Mapped[str] = mapped_column(String(10))
    version: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(Text)
    variables: Mapped[list[str]] = mapped_column(JSON)
    approval: Mapped[str | None] = mapped_column(String(3))
    approval_note: Mapped[str | None] = mapped_column(String(500))
    written_by: Mapped[str] = mapped_column(String(100))
    written_at: Mapped[datetime]


_OPEN = text("closed_at IS NULL")


class Digest(Base):
    """What one person is told in one message of one thing that happened, such as a closure.

    group_key: of the thing. closes_at: when the message is written, later with every item up to a limit; a thing that
    goes on after that opens another.
    """

    __tablename__ = "digests"
    __table_args__ = (
        Index(
            "a_person_has_one_open_digest_per_group",
            "group_key",
            "person_id",
            unique=True,
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
        Index("digests_due", "closes_at", postgresql_where=_OPEN, sqlite_where=_OPEN),
        Index("digests_by_person", "person_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    group_key: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[str] = mapped_column(String(100))
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    correlation_id: Mapped[str] = mapped_column(String(200))
    traceparent: Mapped[str] = mapped_column(String(60))


class DigestItem(Base):
    """One line of a digest, by language. reason: what was said to it, as it is."""

    __tablename__ = "digest_items"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id", name="an_event_is_in_one_digest_of_a_person"),
        Index("digest_items_by_digest", "digest_id"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    digest_id: Mapped[str] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"))
    event_id: Mapped[str] = mapped_column(String(128))
    person_id: Mapped[str] = mapped_column(String(100))
    lines: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime]
