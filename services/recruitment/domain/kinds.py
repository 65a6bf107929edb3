"""The words of recruitment: kinds of units, legal types of organisations. Source: DOMAIN, Recruitment."""

from __future__ import annotations

from enum import StrEnum


class UnitKind(StrEnum):
    """What is let: an office of one's own, or a seat in the co-working room."""

    OFFICE = "office"
    COWORKING = "coworking"


class LegalType(StrEnum):
    """What an organisation of the social economy is in law."""

    SOCIAL_ENTERPRISE = "social_enterprise"
    PRELIMINARY_SOCIAL_ENTERPRISE = "preliminary_social_enterprise"
    VILLAGE_ENTERPRISE = "village_enterprise"
    COOPERATIVE = "cooperative"
    SOCIAL_COOPERATIVE = "social_cooperative"
    SELF_SUPPORT_ENTERPRISE = "self_support_enterprise"
    SOCIAL_VENTURE = "social_venture"
