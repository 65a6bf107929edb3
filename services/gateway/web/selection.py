"""Words and shapes for calls, applications, offers and tenancies on pages, and the time that is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from services.chassis import clock
from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.web.words import say
from services.recruitment.contract.applications import ApplicationLine
from services.recruitment.contract.calls import CallLine, Thing
from services.recruitment.contract.tenancies import Tenancy
from services.recruitment.contract.vocabulary import (
    ApplicationStatus,
    CallStatus,
    OfferStatus,
    Outcome,
    RankingState,
    TenancyStatus,
    UnitKind,
    UnitStatus,
)

LAST_DAY = timedelta(days=1)

APPLICATION = {
    ApplicationStatus.DRAFT: "asked",
    ApplicationStatus.SUBMITTED: "good",
    ApplicationStatus.WITHDRAWN: "closed",
    ApplicationStatus.ELIGIBLE: "good",
    ApplicationStatus.INELIGIBLE: "refused",
    ApplicationStatus.SHORTLISTED: "good",
    ApplicationStatus.NOT_SHORTLISTED: "closed",
}
OUTCOME = {Outcome.OFFERED: "good", Outcome.WAITING: "asked", Outcome.BELOW_PASS_MARK: "refused"}
OFFER = {
    OfferStatus.OFFERED: "asked",
    OfferStatus.ACCEPTED: "asked",
    OfferStatus.SIGNED: "good",
    OfferStatus.DECLINED: "closed",
    OfferStatus.EXPIRED: "closed",
    OfferStatus.WITHDRAWN: "closed",
}
TENANCY = {
    TenancyStatus.UNSIGNED: "asked",
    TenancyStatus.SIGNED: "good",
    TenancyStatus.ACTIVE: "good",
    TenancyStatus.ENDING: "asked",
    TenancyStatus.ENDED: "taken",
    TenancyStatus.MOVED_OUT: "closed",
    TenancyStatus.LAPSED: "closed",
}
UNIT = {
    UnitStatus.VACANT: "free",
    UnitStatus.OFFERED: "asked",
    UnitStatus.LET: "asked",
    UnitStatus.OCCUPIED: "taken",
    UnitStatus.ENDING: "taken",
    UnitStatus.TO_HAND_BACK: "taken",
}
RANKING = {RankingState.OPEN: "asked", RankingState.FROZEN: "asked", RankingState.PUBLISHED: "good"}
"""Shapes of `pieces.status` for applications, outcomes, offers, tenancies, units and rankings."""
OWN_GROUNDS = {
    "organisation": _("I belong to it, or did"),
    "kinship": _("I am related to somebody there"),
    "prior_advice": _("I have advised them"),
    "other": _("Another reason"),
}
"""Grounds in the words of a judge who steps aside."""


def names_of(things: Iterable[Thing]) -> dict[str, str]:
    return {each.id: each.name for each in things}


def size_told(size: int) -> str:
    """Return the size of a file as "340 KB" or "1.2 MB"."""
    return f"{size / 1_000_000:.1f}\xa0MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))}\xa0KB"


VOCABULARY: dict[str, Any] = {
    "APPLICATION": APPLICATION,
    "OUTCOME": OUTCOME,
    "OFFER": OFFER,
    "TENANCY": TENANCY,
    "UNIT": UNIT,
    "RANKING": RANKING,
    "names_of": names_of,
    "size_told": size_told,
}


def at(moment: datetime | str) -> datetime:
    return datetime.fromisoformat(moment) if isinstance(moment, str) else moment


def is_open(call: CallLine) -> bool:
    """Are applications to the call taken now?"""
    now = clock.now()
    return call.status == CallStatus.PUBLISHED and call.intake_opens_at <= now < call.intake_closes_at


def phase(call: CallLine) -> tuple[str, str]:
    """Return the shape and the word for the phase of a call."""
    now = clock.now()
    if call.status == CallStatus.DRAFT:
        return "closed", say("Draft")
    if call.results_at:
        return "good", say("Results are out")
    if now < call.intake_opens_at:
        return "asked", say("Opens soon")
    if now < call.intake_closes_at:
        return "free", say("Open for applications")
    return "taken", say("Being judged")


def time_left(until: datetime) -> str:
    """Return the time left as "4일 남음", on the last day as "3시간 12분 남음", or "마감" if it is over."""
    left = until - clock.now()
    if left <= timedelta():
        return say("time is over")
    minutes = int(left.total_seconds() // 60)
    if left >= LAST_DAY:
        return say("%(number)d days left", number=left.days) if left.days > 1 else say("one day left")
    if minutes >= 60:
        return say("%(hours)d h %(minutes)d min left", hours=minutes // 60, minutes=minutes % 60)
    return say("%(minutes)d min left", minutes=max(1, minutes))


def is_last_day(until: datetime) -> bool:
    return timedelta() < until - clock.now() < LAST_DAY


def is_review_due(tenancy: Tenancy, today: date) -> bool:
    """Can staff decide now whether it is extended?"""
    return tenancy.status == TenancyStatus.ACTIVE and tenancy.extensible and tenancy.told_on <= today


def units_told(units: Mapping[str, int]) -> str:
    """Return the number of units of each kind as "사무실 8곳, 공유좌석 12석"."""
    texts = []
    if number := units.get(UnitKind.OFFICE):
        texts.append(say("1 office") if number == 1 else say("%(number)d offices", number=number))
    if number := units.get(UnitKind.COWORKING):
        texts.append(say("1 seat") if number == 1 else say("%(number)d seats", number=number))
    return ", ".join(texts)


def is_own(application: ApplicationLine) -> bool:
    """Is it an application of the reader's organisation, or one that the reader began?"""
    actor = incoming.context().actor
    began = application.applicant.id == actor.id
    return not actor.is_anonymous and (began or is_own_organisation(application.organisation_id))


def is_own_organisation(organisation_id: str) -> bool:
    """Does the reader belong to the organisation?"""
    return organisation_id in incoming.context().actor.orgs
