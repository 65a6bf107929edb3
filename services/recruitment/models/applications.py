"""Applications: drafts with their versions, what was submitted, and the documents with it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.tables import RowNumber
from services.recruitment.models.base import Base, where


class Application(Base):
    """An organisation's answer to a call.

    content: the draft as it is now. draft: the number of its version. submitted_draft: the version that was
    submitted last, under receipt_number. facts: what staff found to be so, where it is not what was declared.
    deadline: to the second, of the call or by an extension. points: of the documents, by which the shortlist is
    ordered. selected_at: when it was offered a unit and took it; such an applicant's data is not purged. version:
    counts everything that happens to it.
    """

    __tablename__ = "applications"
    __table_args__ = (
        CheckConstraint("status <> 'withdrawn' OR withdrawn_at IS NOT NULL", name="a_withdrawal_has_its_moment"),
        CheckConstraint(
            "status IN ('draft', 'withdrawn') OR receipt_number IS NOT NULL", name="what_was_submitted_has_a_receipt"
        ),
        Index(
            "an_organisation_applies_once_to_a_call",
            "call_id",
            "organisation_id",
            unique=True,
            **where("status <> 'withdrawn' AND purged_at IS NULL"),
        ),
        Index("applications_by_call", "call_id", "status", "id"),
        Index("applications_by_organisation", "organisation_id", "id"),
        Index("applications_by_applicant", "applicant_id", "id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"))
    organisation_id: Mapped[str] = mapped_column(String(100))
    organisation_name: Mapped[str] = mapped_column(String(200))
    applicant_id: Mapped[str] = mapped_column(String(100))
    applicant_name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    content: Mapped[dict[str, Any]]
    marks: Mapped[dict[str, Any]]
    draft: Mapped[int] = mapped_column(Integer)
    submitted_draft: Mapped[int | None] = mapped_column(Integer)
    receipt_number: Mapped[str | None] = mapped_column(String(40))
    submitted_at: Mapped[datetime | None]
    deadline: Mapped[datetime]
    facts: Mapped[dict[str, Any]]
    points: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    screened_at: Mapped[datetime | None]
    screened_by: Mapped[str | None] = mapped_column(String(100))
    screening_note: Mapped[str | None] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None]
    selected_at: Mapped[datetime | None]
    purged_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class Draft(Base):
    """A version of an application's content, as somebody saved it. Only a purge removes it."""

    __tablename__ = "drafts"

    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[dict[str, Any]]
    saved_by: Mapped[str] = mapped_column(String(100))
    saved_at: Mapped[datetime]


class Submission(Base):
    """What was submitted under a receipt. documents: of each kind its id, name, media type, size and hash.
    digest: SHA-256 of content and documents in canonical JSON, in hexadecimal.
    """

    __tablename__ = "submissions"
    __table_args__ = (Index("submissions_by_application", "application_id", "submitted_at"),)

    receipt_number: Mapped[str] = mapped_column(String(40), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"))
    draft: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]]
    documents: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    submitted_by: Mapped[str] = mapped_column(String(100))
    submitted_at: Mapped[datetime]


class Document(Base):
    """A file that came with an application. key: where the store has it. superseded_at: another one of its kind came
    after it; it stays as long as a submission has it.
    """

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("size > 0", name="a_document_is_not_empty"),
        Index(
            "an_application_has_one_document_of_a_kind",
            "application_id",
            "kind",
            unique=True,
            **where("superseded_at IS NULL"),
        ),
        Index("documents_by_key", "key", unique=True),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(200))
    uploaded_by: Mapped[str] = mapped_column(String(100))
    uploaded_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]


class DiscardedFile(Base):
    """A file that nothing refers to any more, until the store has let it go."""

    __tablename__ = "discarded_files"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    discarded_at: Mapped[datetime]


class FileAccess(Base):
    """Somebody opened a document. Kept when the document has gone."""

    __tablename__ = "file_accesses"
    __table_args__ = (Index("file_accesses_by_application", "application_id", "id"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(String(100))
    capacity: Mapped[str] = mapped_column(String(20))
    call_id: Mapped[str] = mapped_column(String(36))
    application_id: Mapped[str] = mapped_column(String(36))
    document_id: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(100))
