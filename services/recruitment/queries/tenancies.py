"""Tenancies one by one and in lists, with their invoices and reviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.recruitment.models import Invoice, Review, Tenancy
from services.recruitment.schemas.tenancies import FindTenancies


@dataclass(frozen=True)
class Kept:
    """By tenancy."""

    invoices: dict[str, list[Invoice]]
    reviews: dict[str, list[Review]]


def tenancy(session: Session, tenancy_id: str) -> Tenancy | None:
    return session.get(Tenancy, tenancy_id)


def find_tenancies(session: Session, find: FindTenancies, *, actor: Actor, all_of_them: bool) -> Sequence[Tenancy]:
    """Newest first, one more than the limit when there are more."""
    chosen = select(Tenancy).order_by(Tenancy.id.desc()).limit(find.limit + 1)
    if not all_of_them:
        chosen = chosen.where(or_(Tenancy.person_id == actor.id, Tenancy.organisation_id.in_(actor.orgs)))
    for name in ("status", "unit_id", "organisation_id"):
        if (value := getattr(find, name)) is not None:
            chosen = chosen.where(getattr(Tenancy, name) == value)
    if find.cursor is not None:
        chosen = chosen.where(Tenancy.id < find.cursor)
    return session.scalars(chosen).all()


def kept(session: Session, found: Sequence[Tenancy]) -> Kept:
    """What belongs to them, in two queries."""
    ids = [each.id for each in found]
    invoices: dict[str, list[Invoice]] = {each: [] for each in ids}
    for invoice in session.scalars(select(Invoice).where(Invoice.tenancy_id.in_(ids)).order_by(Invoice.month)):
        invoices[invoice.tenancy_id].append(invoice)
    reviews: dict[str, list[Review]] = {each: [] for each in ids}
    for review in session.scalars(select(Review).where(Review.tenancy_id.in_(ids)).order_by(Review.number)):
        reviews[review.tenancy_id].append(review)
    return Kept(invoices, reviews)


def tenancies_by_offer(session: Session, offer_ids: Sequence[str]) -> dict[str, str]:
    """Their ids."""
    found = select(Tenancy.offer_id, Tenancy.id).where(Tenancy.offer_id.in_(offer_ids))
    return {row.offer_id: row.id for row in session.execute(found)}
