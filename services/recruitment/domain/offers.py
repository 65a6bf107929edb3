"""Allotment of units to those who wait, and the lifecycle of an offer. Rules: DOMAIN, Recruitment (offer), 25, 27."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.chassis.errors import IllegalTransition
from services.recruitment.contract.vocabulary import OfferStatus
from services.recruitment.domain.tenure_rules import OfferRules


class OfferAction(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    SIGN = "sign"


OPEN = frozenset({OfferStatus.OFFERED, OfferStatus.ACCEPTED})

_NEXT = {
    (OfferStatus.OFFERED, OfferAction.ACCEPT): OfferStatus.ACCEPTED,
    (OfferStatus.OFFERED, OfferAction.DECLINE): OfferStatus.DECLINED,
    (OfferStatus.OFFERED, OfferAction.EXPIRE): OfferStatus.EXPIRED,
    (OfferStatus.OFFERED, OfferAction.WITHDRAW): OfferStatus.WITHDRAWN,
    (OfferStatus.ACCEPTED, OfferAction.SIGN): OfferStatus.SIGNED,
    (OfferStatus.ACCEPTED, OfferAction.DECLINE): OfferStatus.DECLINED,
    (OfferStatus.ACCEPTED, OfferAction.EXPIRE): OfferStatus.EXPIRED,
    (OfferStatus.ACCEPTED, OfferAction.WITHDRAW): OfferStatus.WITHDRAWN,
}


@dataclass(frozen=True)
class Waiting:
    """An application that passed and has had no offer. wants: units, the preferred first; none: any unit."""

    application_id: str
    kind: str
    wants: Sequence[str]


@dataclass(frozen=True)
class FreeUnit:
    id: str
    kind: str


@dataclass(frozen=True)
class Allotment:
    """left: free units that no waiting applicant wants."""

    offers: tuple[tuple[Waiting, FreeUnit], ...]
    left: tuple[FreeUnit, ...]


def after(status: OfferStatus, action: OfferAction) -> OfferStatus:
    """Raises IllegalTransition."""
    if (status, action) not in _NEXT:
        raise IllegalTransition(state=status, wanted=action)
    return _NEXT[status, action]


def allot(waiting: Iterable[Waiting], free: Collection[FreeUnit]) -> Allotment:
    """Give each waiting applicant, in the order of rank, the first free unit of those that they want.

    If none of them is free, the applicant stays on the waiting list.
    """
    left = {unit.id: unit for unit in free}
    offers = []
    for each in waiting:
        fitting = [unit for unit in left.values() if unit.kind == each.kind]
        chosen = _first(each.wants, fitting)
        if chosen is not None:
            offers.append((each, left.pop(chosen.id)))
    return Allotment(tuple(offers), tuple(left.values()))


def _first(wants: Sequence[str], fitting: Sequence[FreeUnit]) -> FreeUnit | None:
    if not wants:
        return fitting[0] if fitting else None
    by_id = {unit.id: unit for unit in fitting}
    return next((by_id[unit_id] for unit_id in wants if unit_id in by_id), None)


def expiry(made_at: datetime, rules: OfferRules, zone: ZoneInfo) -> datetime:
    """Return the end of the last day for signing: for an offer of 28 April and ten days, the end of 8 May."""
    last = made_at.astimezone(zone).date() + rules.to_sign
    return datetime.combine(last + timedelta(days=1), time(), zone)
