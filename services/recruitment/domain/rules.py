"""The recruitment section of the centre's profile: every number that a rule reckons with. Defaults: DOMAIN."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from services.centre.opening import Centre
from services.chassis.errors import NotFound
from services.chassis.i18n import msgid as _
from services.recruitment.contract.vocabulary import UnitKind
from services.recruitment.domain.tenure_rules import GrowthRules, OfferRules, ScoringRules, TenancyRules


@dataclass(frozen=True)
class UnitRule:
    """An office or seat. area: in square metres. appraised_value: in won; rent is a part of it."""

    id: str
    kind: UnitKind
    names: Mapping[str, str]
    area: Decimal
    appraised_value: int


@dataclass(frozen=True)
class DocumentRule:
    """A kind of document. Without a required one nothing is submitted."""

    id: str
    names: Mapping[str, str]
    required: bool


@dataclass(frozen=True)
class CriterionRule:
    """What judges score. points: at most so many. optional: judges may skip it."""

    id: str
    names: Mapping[str, str]
    points: Decimal
    optional: bool = False


@dataclass(frozen=True)
class JudgeRules:
    """So many judges for each application, out of at most `pool` for a call."""

    least: int
    most: int
    pool: int


@dataclass(frozen=True)
class SelectionRules:
    """From the call to the panel. eligibility: the rules by id, each with what it reckons with (domain/eligibility.py).

    shortlist_factor: so many applicants for each unit are invited, rounded up. largest_document: in bytes.
    shared_mail_domains: of mail providers, which say nothing about who belongs together. retention: how long the data
    of those who were not chosen is kept after the results.
    """

    documents: Mapping[str, DocumentRule]
    criteria: tuple[CriterionRule, ...]
    eligibility: Mapping[str, Mapping[str, Any]]
    shortlist_factor: Decimal
    judges: JudgeRules
    largest_document: int
    shared_mail_domains: frozenset[str]
    retention: timedelta


@dataclass(frozen=True)
class RecruitmentRules:
    """The whole section, with the centre that it is for."""

    centre: Centre
    units: Mapping[str, UnitRule]
    selection: SelectionRules
    scoring: ScoringRules
    offers: OfferRules
    tenancy: TenancyRules
    growth: GrowthRules

    def unit(self, unit_id: str) -> UnitRule:
        """Raises NotFound."""
        if unit_id not in self.units:
            raise NotFound(_("The centre has no such unit."))
        return self.units[unit_id]
