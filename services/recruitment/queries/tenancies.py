"""Tenancies with their invoices and reviews."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.contract import Page
from services.chassis.entrypoints import Call
from services.recruitment.contract import tenancies as contract
from services.recruitment.domain import tenancies as domain
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Invoice, Review, Tenancy
from services.recruitment.queries.paging import newest_first
from services.recruitment.queries.units import unit_name


def list_tenancies(call: Call[RecruitmentRules], request: contract.ListTenancies) -> Page[contract.Tenancy]:
    """Return all tenancies to readers, to others those of their organisations. Raises Forbidden."""
    roles.require_person(call.actor)
    chosen = select(Tenancy)
    if not roles.reads_all(call.actor):
        chosen = chosen.where(or_(Tenancy.person_id == call.actor.id, Tenancy.organisation_id.in_(call.actor.orgs)))
    for name in ("status", "unit_id", "organisation_id"):
        if (value := getattr(request, name)) is not None:
            chosen = chosen.where(getattr(Tenancy, name) == value)
    rows, next_cursor = newest_first(call.session, chosen, Tenancy.id, request)
    return Page(items=tenancy_answers(call, rows), next_cursor=next_cursor)


def tenancies_by_offer(session: Session, offer_ids: Sequence[str]) -> dict[str, str]:
    """Return ids of tenancies by the ids of their offers."""
    rows = session.execute(select(Tenancy.offer_id, Tenancy.id).where(Tenancy.offer_id.in_(offer_ids)))
    return {row.offer_id: row.id for row in rows}


# --- answers


def tenancy_answer(call: Call[RecruitmentRules], row: Tenancy) -> contract.Tenancy:
    return tenancy_answers(call, [row])[0]


def tenancy_answers(call: Call[RecruitmentRules], rows: Sequence[Tenancy]) -> list[contract.Tenancy]:
    zone, terms = call.profile.centre.zone, call.profile.tenancy
    invoices = _invoices(call, rows)
    reviews = _reviews(call, rows)
    return [
        contract.Tenancy.of(
            row,
            zone,
            unit_name=unit_name(call, row.unit_id),
            told_on=domain.told_on(row.ends_on, terms),
            extensible=domain.may_extend(row.extensions, terms),
            invoices=invoices[row.id],
            reviews=reviews[row.id],
            checklist=contract.Checklist.of(row, zone, settlement=_settlement(row)),
        )
        for row in rows
    ]


def _invoices(call: Call[RecruitmentRules], tenancies: Sequence[Tenancy]) -> dict[str, list[contract.Invoice]]:
    invoices: dict[str, list[contract.Invoice]] = {each.id: [] for each in tenancies}
    chosen = select(Invoice).where(Invoice.tenancy_id.in_(invoices)).order_by(Invoice.month)
    for row in call.session.scalars(chosen):
        invoice = contract.Invoice.of(row, call.profile.centre.zone, month=f"{row.month:%Y-%m}")
        invoices[row.tenancy_id].append(invoice)
    return invoices


def _reviews(call: Call[RecruitmentRules], tenancies: Sequence[Tenancy]) -> dict[str, list[contract.Review]]:
    reviews: dict[str, list[contract.Review]] = {each.id: [] for each in tenancies}
    chosen = select(Review).where(Review.tenancy_id.in_(reviews)).order_by(Review.number)
    for row in call.session.scalars(chosen):
        review = contract.Review.of(row, call.profile.centre.zone, score=f"{row.points:.2f}")
        reviews[row.tenancy_id].append(review)
    return reviews


def _settlement(row: Tenancy) -> contract.Settlement | None:
    if row.deductions is None:
        return None
    settled = domain.Settlement(row.deposit, row.deductions)
    return contract.Settlement(
        deductions=settled.deductions, refund=settled.refund, owed=settled.owed, note=row.settlement_note
    )
