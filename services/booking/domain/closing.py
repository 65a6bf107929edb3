"""A closure that is to be declared."""

from __future__ import annotations

from dataclasses import dataclass

from services.chassis.period import Period


@dataclass(frozen=True)
class Closing:
    """space_ids: which spaces are closed; none means the whole centre. order_id: of an outside order."""

    period: Period
    reason: str
    space_ids: tuple[str, ...]
    force_majeure: bool
    order_id: str | None = None
