"""Notify's tables. Contact data stands in `contacts` alone: a message's address is looked up when it is sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.chassis.tables import RowNumber, UtcDateTime
from services.notify.domain.message import Status


class Base(DeclarativeBase):
    type_annotation_map = {datetime: UtcDateTime}


class Contact(Base):
    """How a person is reached. phone: E.164. locale: as the person gave it, BCP 47. zone: IANA; None: the centre's.

    *_consent_at: when it was given or last confirmed; None: not given, or taken back.
    """

    __tablename__ = "contacts"

    person_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    phone: Mapped[str | None] = mapped_column(String(20))
    locale: Mapped[str] = mapped_column(String(10))
    zone: Mapped[str | None] = mapped_column(String(64))
    advertising_consent_at: Mapped[datetime | None]
    night_consent_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class Message(Base):
    """What one person hears of one event over one channel, from the rule to the provider's last word.

    locale: the language of the text. next_attempt_at: by the centre's clock. lease_*: who is sending it, by wall time.
    message_id: RFC 5322 Message-ID without its brackets, the same at every attempt. version counts changes of status.
    pinned_provider: the one that may have it already, and can be asked or knows a repeat: no other may be tried.
    attempts_before: those before the last replay. fallback_of: the message that failed on another channel and whose
    place this one takes. delivered_at: by the provider's receipt. read_at: in the in-app inbox. not_before: the time
    that it is scheduled for.
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
        Index("messages_by_event", "event_id", "status"),
        Index(
            "messages_with_words_by_age",
            "created_at",
            postgresql_where=text("body <> ''"),
            sqlite_where=text("body <> ''"),
        ),
        Index("a_message_falls_back_once", "fallback_of", unique=True),
        Index(
            "messages_due",
            "channel",
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
    pinned_provider: Mapped[str | None] = mapped_column(String(50))
    attempts_before: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    fallback_of: Mapped[str | None] = mapped_column(String(36))
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    not_before: Mapped[datetime | None]

    def become(self, status: Status, *, reason: str | None = None, due: datetime | None = None) -> None:
        """A new status ends whatever lease there was."""
        self.status, self.reason, self.next_attempt_at = status, reason, due
        self.lease_holder = self.lease_until = None
        self.version += 1


class Attempt(Base):
    """One call of a provider, committed before the call: without `finished_at` nobody knows what came of it.

    provider_message_id: the provider's own name for the message.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("message_id", "number", name="attempts_of_a_message_are_counted"),
        CheckConstraint("(finished_at IS NULL) = (outcome IS NULL)", name="finished_attempt_has_an_outcome"),
        Index("attempts_by_provider_message", "provider_message_id"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    provider: Mapped[str] = mapped_column(String(50))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    detail: Mapped[str | None] = mapped_column(Text)
    provider_message_id: Mapped[str | None] = mapped_column(String(255))


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


class Receipt(Base):
    """What a provider told of a message after it had taken it. receipt_id: the provider's, so that each counts once."""

    __tablename__ = "receipts"
    __table_args__ = (
        UniqueConstraint("provider", "receipt_id", name="a_receipt_counts_once"),
        Index("receipts_by_message", "message_id"),
        Index("receipts_by_age", "received_at"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    provider: Mapped[str] = mapped_column(String(50))
    receipt_id: Mapped[str] = mapped_column(String(255))
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    report: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]


class Suppression(Base):
    """An address that nothing is sent to any more, known by its hash alone. person_id: whose it was then."""

    __tablename__ = "suppressions"
    __table_args__ = (
        UniqueConstraint("address_hash", name="an_address_is_suppressed_once"),
        Index("suppressions_by_person", "person_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    address_hash: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[str] = mapped_column(String(100))
    provider: Mapped[str] = mapped_column(String(50))
    reason: Mapped[str] = mapped_column(Text)
    suppressed_at: Mapped[datetime]


class ProviderState(Base):
    """What all workers must know of a provider, by wall time.

    failures: in a row. open_until: the circuit is open, and from then on one letter may try. allowance: letters that
    may still go out, as it was at allowance_at.
    """

    __tablename__ = "provider_states"

    provider: Mapped[str] = mapped_column(String(50), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    open_until: Mapped[datetime | None]
    allowance: Mapped[float] = mapped_column(Float)
    allowance_at: Mapped[datetime]


class Webhook(Base):
    """Where a person's own program hears of their messages. secret: of Standard Webhooks, "whsec_..."."""

    __tablename__ = "webhooks"

    person_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    url: Mapped[str] = mapped_column(String(2000))
    secret: Mapped[str] = mapped_column(String(100))
    updated_at: Mapped[datetime]
