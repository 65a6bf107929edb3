"""What is owed back of a course's fee. Madang records it; it pays nothing out. All in whole won, rounded down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from services.training.domain.courses.rules import RefundStep

MICROSECOND = timedelta(microseconds=1)


def for_giving_up(fee: int, passed: timedelta, whole: timedelta, steps: Sequence[RefundStep]) -> int:
    """When a person gives a place up. passed: of the course's time. steps: the least that is over first."""
    over = _part(passed, whole)
    share = next((step.share for step in steps if over <= step.passed), Fraction(0))
    return int(fee * share)


def for_session(fee: int, session: timedelta, whole: timedelta) -> int:
    """When one session is cancelled: its part of the course's time."""
    return int(fee * _part(session, whole))


def _part(some: timedelta, whole: timedelta) -> Fraction:
    return Fraction(some // MICROSECOND, whole // MICROSECOND) if whole else Fraction(0)
