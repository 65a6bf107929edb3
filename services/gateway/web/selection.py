"""How pages tell of calls, applications, offers and tenancies: words and states, and how much time is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from services.chassis import clock
from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.web.words import say

LAST_DAY = timedelta(days=1)

KINDS = {"office": _("Office"), "coworking": _("Co-working seat")}
LEGAL_TYPES = {
    "social_enterprise": _("Social enterprise"),
    "preliminary_social_enterprise": _("Preliminary social enterprise"),
    "village_enterprise": _("Village enterprise"),
    "cooperative": _("Co-operative"),
    "social_cooperative": _("Social co-operative"),
    "self_support_enterprise": _("Self-support enterprise"),
    "social_venture": _("Social venture"),
}
APPLICATION = {
    "draft": ("asked", _("Not submitted yet")),
    "submitted": ("good", _("Submitted")),
    "withdrawn": ("closed", _("Withdrawn")),
    "eligible": ("good", _("Meets the conditions")),
    "ineligible": ("refused", _("Does not meet the conditions")),
    "shortlisted": ("good", _("On the shortlist")),
    "not_shortlisted": ("closed", _("Not on the shortlist")),
}
OUTCOME = {
    "offered": ("good", _("Chosen")),
    "waiting": ("asked", _("On the waiting list")),
    "below_pass_mark": ("refused", _("Below the pass mark")),
}
OFFER = {
    "offered": ("asked", _("Waits for an answer")),
    "accepted": ("asked", _("Waits for the signature")),
    "signed": ("good", _("Signed")),
    "declined": ("closed", _("Declined")),
    "expired": ("closed", _("Expired")),
    "withdrawn": ("closed", _("Withdrawn")),
}
TENANCY = {
    "unsigned": ("asked", _("Waits for the signature")),
    "signed": ("good", _("Signed")),
    "active": ("good", _("Moved in")),
    "ending": ("asked", _("Notice given")),
    "ended": ("taken", _("To be handed back")),
    "moved_out": ("closed", _("Moved out")),
    "lapsed": ("closed", _("Lapsed")),
}
UNIT = {
    "vacant": ("free", _("Vacant")),
    "offered": ("asked", _("Offered")),
    "let": ("asked", _("Let, not moved in")),
    "occupied": ("taken", _("Occupied")),
    "ending": ("taken", _("Moves out")),
    "to_hand_back": ("taken", _("To be handed back")),
}
RANKING = {
    "open": ("asked", _("Not ranked yet")),
    "frozen": ("asked", _("Ranked, not published")),
    "published": ("good", _("Published")),
}
COUNTED = {"counted": "", "highest": _("highest, not counted"), "lowest": _("lowest, not counted")}
GROUNDS = {
    "organisation": _("I belong to it, or did"),
    "kinship": _("I am related to somebody there"),
    "prior_advice": _("I have advised them"),
    "other": _("Another reason"),
}
FOUND_GROUNDS = {
    "same_person": _("Is the applicant"),
    "organisation": _("Same organisation"),
    "mail": _("Same e-mail address"),
    "mail_domain": _("Same mail domain"),
    "phone": _("Same phone"),
    "kinship": _("Kinship"),
    "prior_advice": _("Advised them before"),
    "other": _("Another reason"),
}
SOURCES = {"detected": _("detected"), "challenged": _("challenged"), "declared": _("declared")}
BONUS = {"local": _("Local"), "consortium": _("Consortium")}


def names_of(things: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {each["id"]: each["name"] for each in things}


def size_told(size: int) -> str:
    """Of a file, as "340 KB" or "1.2 MB"."""
    return f"{size / 1_000_000:.1f}\xa0MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))}\xa0KB"


VOCABULARY: dict[str, Any] = {
    "APPLICATION": APPLICATION,
    "OUTCOME": OUTCOME,
    "OFFER": OFFER,
    "TENANCY": TENANCY,
    "UNIT": UNIT,
    "RANKING": RANKING,
    "COUNTED": COUNTED,
    "KINDS": KINDS,
    "LEGAL_TYPES": LEGAL_TYPES,
    "FOUND_GROUNDS": FOUND_GROUNDS,
    "SOURCES": SOURCES,
    "names_of": names_of,
    "size_told": size_told,
}


def options(words: Mapping[str, str], among: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """For a field: values with their words."""
    return [(each, say(words[each])) for each in (words if among is None else among)]


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def is_open(call: Mapping[str, Any], now: datetime | None = None) -> bool:
    now = now or clock.now()
    return call["status"] == "published" and at(call["intake_opens_at"]) <= now < at(call["intake_closes_at"])


def phase(call: Mapping[str, Any]) -> tuple[str, str]:
    """A call's state and its word."""
    now = clock.now()
    if call["status"] == "draft":
        return "closed", say("Draft")
    if call["results_at"]:
        return "good", say("Results are out")
    if now < at(call["intake_opens_at"]):
        return "asked", say("Opens soon")
    if now < at(call["intake_closes_at"]):
        return "free", say("Open for applications")
    return "taken", say("Being judged")


def time_left(until: str) -> str:
    """As "4일 남음", in the last day as "3시간 12분 남음"; over: "마감"."""
    left = at(until) - clock.now()
    if left <= timedelta():
        return say("time is over")
    minutes = int(left.total_seconds() // 60)
    if left >= LAST_DAY:
        return say("%(number)d days left", number=left.days) if left.days > 1 else say("one day left")
    if minutes >= 60:
        return say("%(hours)d h %(minutes)d min left", hours=minutes // 60, minutes=minutes % 60)
    return say("%(minutes)d min left", minutes=max(1, minutes))


def is_last_day(until: str) -> bool:
    return timedelta() < at(until) - clock.now() < LAST_DAY


def is_review_due(tenancy: Mapping[str, Any], today: date) -> bool:
    """May staff decide now whether it is extended?"""
    begins = date.fromisoformat(tenancy["told_on"])
    return tenancy["status"] == "active" and bool(tenancy["extensible"]) and begins <= today


def units_told(units: Mapping[str, int]) -> str:
    """As "사무실 8곳, 공유좌석 12석"."""
    told = []
    if number := units.get("office"):
        told.append(say("1 office") if number == 1 else say("%(number)d offices", number=number))
    if number := units.get("coworking"):
        told.append(say("1 seat") if number == 1 else say("%(number)d seats", number=number))
    return ", ".join(told)


def is_own(thing: Mapping[str, Any]) -> bool:
    """An application, an offer or a tenancy of the reader's organisation, or that they began."""
    actor = incoming.context().actor
    began = thing.get("applicant", {}).get("id") == actor.id
    return not actor.is_anonymous and (began or thing["organisation_id"] in actor.orgs)
