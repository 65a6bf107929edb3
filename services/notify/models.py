"""Notify's tables. Contact data stands in `contacts` alone: a message's address is looked up when it is sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.chassis.tables import RowNumber, UtcDateTime
from services.notify.domain.message import Status


class Base(DeclarativeBase):
    type_annotation_map = {datetime: UtcDateTime}


class Contact(Base):
    """How a person is reached. phone: E.164. locale: as the person gave it, BCP 47."""

    __tablename__ = "contacts"

    person_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    phone: Mapped[str | None] = mapped_column(String(20))
    locale: Mapped[str] = mapped_column(String(10))
    updated_at: Mapped[datetime]


class Message(Base):
    """What one person hears of one event over one channel, from the rule to the provider's last word.

    locale: the language of the text. next_attempt_at: by the centre's clock. lease_*: who is sending it, by wall time.
    message_id: RFC 5322 Message-ID without its brackets, the same at every attempt. version counts changes of status.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint(
            "event_id",
            "person_id",
            "category",
            "channel",
            name="a_person_hears_of_an_event_once_per_category_and_channel",
        ),
        CheckConstraint(
            "status IN ('queued', 'sending', 'sent', 'failed', 'unknown', 'dead', 'skipped')",
            name="message_status_is_known",
        ),
        CheckConstraint("status <> 'queued' OR next_attempt_at IS NOT NULL", name="queued_message_waits_for_a_time"),
        CheckConstraint(
            "status <> 'sending' OR (lease_holder IS NOT NULL AND lease_until IS NOT NULL)",
            name="sending_message_is_somebodys",
        ),
        CheckConstraint(
            "status IN ('queued', 'sending', 'sent') OR reason IS NOT NULL", name="message_not_sent_has_a_reason"
        ),
        Index("messages_by_person", "person_id", "id"),
        Index("messages_by_status", "status", "id"),
        Index(
            "messages_due",
            "next_attempt_at",
            postgresql_where=text("status = 'queued'"),
            sqlite_where=text("status = 'queued'"),
        ),
        Index(
            "messages_sending",
            "lease_until",
            postgresql_where=text("status = 'sending'"),
            sqlite_where=text("status = 'sending'"),
        ),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(128))
    person_id: Mapped[str] = mapped_column(String(100))
    category: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(20))
    template: Mapped[str] = mapped_column(String(100))
    template_version: Mapped[str] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(Integer)
    next_attempt_at: Mapped[datetime | None]
    lease_holder: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime | None]
    message_id: Mapped[str] = mapped_column(String(255), unique=True)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(Integer)
    correlation_id: Mapped[str] = mapped_column(String(200))
    traceparent: Mapped[str] = mapped_column(String(60))

    def become(self, status: Status, *, reason: str | None = None, due: datetime | None = None) -> None:
        """A new status ends whatever lease there was."""
        self.status, self.reason, self.next_attempt_at = status, reason, due
        self.lease_holder = self.lease_until = None
        self.version += 1


class Attempt(Base):
    """One call of a provider, committed before the call: without `finished_at` nobody knows what came of it."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("message_id", "number", name="attempts_of_a_message_are_counted"),
        CheckConstraint("(finished_at IS NULL) = (outcome IS NULL)", name="finished_attempt_has_an_outcome"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    provider: Mapped[str] = mapped_column(String(50))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    detail: Mapped[str | None] = mapped_column(Text)


class Mail(Base):
    """The development mailbox: what would have gone out."""

    __tablename__ = "mailbox"
    __table_args__ = (UniqueConstraint("message_id", name="mailbox_keeps_a_message_once"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    message_id: Mapped[str] = mapped_column(String(255))
    recipient: Mapped[str] = mapped_column(String(320))
    channel: Mapped[str] = mapped_column(String(20))
    locale: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]
