"""What happens to those who do not come. Rules: DOMAIN, Booking (no-show), scenario 12."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from services.booking.domain.rules import Penalties


def ban_until(imposed: Iterable[datetime], now: datetime, rules: Penalties) -> datetime | None:
    """imposed: when the person got each point, the one of now included. The end of the ban that it brings, or None."""
    recent = [at for at in imposed if now - rules.within <= at <= now]
    return now + rules.ban if len(recent) >= rules.points else None
