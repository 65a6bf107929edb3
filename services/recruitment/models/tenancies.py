"""Tenancies: terms and money, maintenance invoices, reviews, and the handing back of a unit."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.recruitment.models.base import Base, where


class Tenancy(Base):
    """An organisation's time in a unit. starts_on, ends_on: both belong to it. Money in won: rent for a year.

    sign_by: of its offer. told_at: the tenant was told that the term ends. restored_on, card_returned_on, settled_on:
    the checklist of moving out; deductions: from the deposit.
    """

    __tablename__ = "tenancies"
    __table_args__ = (
        UniqueConstraint("offer_id", name="an_offer_leads_to_one_tenancy"),
        CheckConstraint("starts_on <= ends_on", name="a_tenancy_ends_after_it_starts"),
        CheckConstraint("status IN ('unsigned', 'lapsed') OR signed_at IS NOT NULL", name="a_tenancy_is_signed"),
        Index("a_unit_has_one_live_tenancy", "unit_id", unique=True, **where("status NOT IN ('moved_out', 'lapsed')")),
        Index("tenancies_by_organisation", "organisation_id", "id"),
        Index("tenancies_by_person", "person_id", "id"),
        Index("tenancies_to_start", "starts_on", **where("status = 'signed'")),
        Index("tenancies_to_end", "ends_on", **where("status IN ('active', 'ending')")),
        Index("tenancies_to_tell", "ends_on", **where("status = 'active' AND told_at IS NULL")),
        Index("tenancies_to_invoice", "invoiced_until", **where("status IN ('active', 'ending')")),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    offer_id: Mapped[str] = mapped_column(ForeignKey("offers.id"))
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"))
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"))
    organisation_id: Mapped[str] = mapped_column(String(100))
    organisation_name: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[str] = mapped_column(String(100))
    person_name: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str] = mapped_column(String(20))
    legal_type: Mapped[str] = mapped_column(String(40))
    contract_number: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(20))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    extensions: Mapped[int] = mapped_column(Integer)
    rent: Mapped[int] = mapped_column(Integer)
    deposit: Mapped[int] = mapped_column(Integer)
    sign_by: Mapped[datetime]
    created_at: Mapped[datetime]
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[str | None] = mapped_column(String(100))
    told_at: Mapped[datetime | None]
    invoiced_until: Mapped[date]
    notified_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    restored_on: Mapped[date | None]
    card_returned_on: Mapped[date | None]
    settled_on: Mapped[date | None]
    deductions: Mapped[int | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    settlement_note: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    def became(self, status: str) -> None:
        self.status = status
        self.version += 1


class Invoice(Base):
    """What is owed for the maintenance of a month, in won. A record: no payment is taken here."""

    __tablename__ = "maintenance_invoices"

    tenancy_id: Mapped[str] = mapped_column(ForeignKey("tenancies.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(Integer)
    issued_at: Mapped[datetime]


class Review(Base):
    """Whether a tenancy is extended: its points and what staff say of it."""

    __tablename__ = "tenancy_reviews"

    tenancy_id: Mapped[str] = mapped_column(ForeignKey("tenancies.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    points: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    passed: Mapped[bool]
    note: Mapped[str | None] = mapped_column(Text)
    reviewed_by: Mapped[str] = mapped_column(String(100))
    reviewed_at: Mapped[datetime]
