"""The centre's two fields of work, by which everything is counted. Source: DOMAIN, The first centre."""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    SOCIAL_ECONOMY = "social_economy"
    VILLAGE_COMMUNITY = "village_community"
    BOTH = "both"


def works_in(own: str, wanted: str) -> bool:
    """Does somebody of the field `own` work in the field `wanted`?"""
    return Field.BOTH in (own, wanted) or own == wanted
