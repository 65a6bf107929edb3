"""Who is offered which unit, and what can become of an offer. Rules: DOMAIN, Recruitment (offer), scenarios 25, 27."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.chassis.errors import IllegalTransition
from services.recruitment.domain.tenure_rules import OfferRules


class OfferStatus(StrEnum):
    """OFFERED and ACCEPTED wait for the signature, at most until the offer expires; the unit is theirs so long."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    SIGNED = "signed"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


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
    """An application that passed and has had no offer. wants: units, the dearest first; none: whichever there is."""

    application_id: str
    kind: str
    wants: Sequence[str]


@dataclass(frozen=True)
class FreeUnit:
    id: str
    kind: str


@dataclass(frozen=True)
class Allotment:
    """left: free units that nobody who waits wants."""

    offers: tuple[tuple[Waiting, FreeUnit], ...]
    left: tuple[FreeUnit, ...]


def after(status: OfferStatus, action: OfferAction) -> OfferStatus:
    """Raises IllegalTransition."""
    if (status, action) not in _NEXT:
        raise IllegalTransition(state=status, wanted=action)
    return _NEXT[status, action]


def allot(waiting: Iterable[Waiting], free: Collection[FreeUnit]) -> Allotment:
    """waiting: in the order of their rank. Each gets the first free unit of those that they want; who wants none that
    is free goes on waiting.
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
    """The end of the last day on which it can be signed: of an offer of 28 April, after ten days, that of 8 May."""
    last = made_at.astimezone(zone).date() + rules.to_sign
    return datetime.combine(last + timedelta(days=1), time(), zone)
