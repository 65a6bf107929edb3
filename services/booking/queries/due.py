"""When the clock has something to do next, for each timer."""

from __future__ import annotations

from sqlalchemy import func, select, text

from services.booking.contract.vocabulary import Kind, Status
from services.booking.models import Booking, Closure
from services.chassis.agenda import Due

EXPIRY = Due(select(func.min(Booking.decide_by)).where(Booking.status == Status.PENDING))
WARNING = Due(select(func.min(Booking.warn_at)).where(Booking.status == Status.PENDING))
NO_SHOW = Due(
    select(func.min(Booking.starts_at)).where(Booking.status == Status.APPROVED, Booking.kind == Kind.RENTAL),
    lambda starts_at, rules: starts_at + rules.check_in.after,
)
CLOSURE = Due(select(Closure.declared_at).where(text("NOT settled")).order_by(Closure.id).limit(1))
"""A closure cancels at once what it touches."""
