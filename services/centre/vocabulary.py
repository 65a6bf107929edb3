"""Vocabularies that all services share."""

from __future__ import annotations

from services.chassis.vocabulary import Vocabulary


class Field(Vocabulary):
    """Fields of the centre's work. Source: DOMAIN, The first centre."""

    SOCIAL_ECONOMY = "social_economy", "사회적경제", "Social economy"
    VILLAGE_COMMUNITY = "village_community", "마을공동체", "Village communities"
    BOTH = "both", "두 분야 모두", "Both fields"
