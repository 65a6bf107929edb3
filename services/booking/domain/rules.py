"""The booking section of the centre's profile: every number that a rule uses. Defaults: DOMAIN, Booking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from services.booking.contract.vocabulary import Purpose
from services.booking.domain.space import Space
from services.centre.opening import Centre
from services.chassis.errors import NotFound
from services.chassis.i18n import msgid as _


@dataclass(frozen=True)
class Equipment:
    id: str
    names: Mapping[str, str]
    quantity: int


@dataclass(frozen=True)
class Window:
    """A booking is applied for no later than `days_before` and no earlier than `months_ahead` before its day."""

    days_before: int
    months_ahead: int


@dataclass(frozen=True)
class RefundStep:
    """`percent` of the fee is refunded for a cancellation at least `days_before` days before."""

    days_before: int
    percent: int


@dataclass(frozen=True)
class Penalties:
    """`points` points within `within` bring a ban of `ban`."""

    points: int
    within: timedelta
    ban: timedelta


@dataclass(frozen=True)
class CheckIn:
    """From `before` the start; whoever is not there `after` it has not come."""

    before: timedelta
    after: timedelta


@dataclass(frozen=True)
class Allowance:
    """Time in each month for which a tenant uses `spaces` without a fee."""

    spaces: frozenset[str]
    monthly: timedelta


@dataclass(frozen=True)
class Exemption:
    """A ground on which `percent` of the fee is waived."""

    id: str
    names: Mapping[str, str]
    percent: int


@dataclass(frozen=True)
class BookingRules:
    """The whole section, with the centre that it is for. refunds: the longest time before first."""

    centre: Centre
    spaces: Mapping[str, Space]
    equipment: Mapping[str, Equipment]
    unit: timedelta
    window: Window
    fewest_attendees: int
    forbidden_purposes: frozenset[Purpose]
    monthly_quota: int
    decision_days: int
    most_occurrences: int
    refunds: tuple[RefundStep, ...]
    penalties: Penalties
    check_in: CheckIn
    allowance: Allowance
    exemptions: Mapping[str, Exemption]

    def space(self, space_id: str) -> Space:
        """Raises NotFound."""
        if space_id not in self.spaces:
            raise NotFound(_("The centre has no such space."))
        return self.spaces[space_id]

    def piece(self, equipment_id: str) -> Equipment:
        """Raises NotFound."""
        if equipment_id not in self.equipment:
            raise NotFound(_("The centre has no such equipment."))
        return self.equipment[equipment_id]

    def exemption(self, ground: str) -> Exemption:
        """Raises NotFound."""
        if ground not in self.exemptions:
            raise NotFound(_("The centre knows no such ground for an exemption."))
        return self.exemptions[ground]

    @property
    def rooms(self) -> tuple[str, ...]:
        """Every atomic room, sorted."""
        return tuple(sorted({room for space in self.spaces.values() for room in space.rooms}))
