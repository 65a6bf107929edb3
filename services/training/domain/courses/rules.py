"""The courses' part of the profile's training section. Defaults: DOMAIN, Training and support."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction


@dataclass(frozen=True)
class RefundStep:
    """Who gives up a place when no more than `passed` of the course's minutes are over gets `share` of the fee back."""

    passed: Fraction
    share: Fraction


@dataclass(frozen=True)
class Certificates:
    """For `percent` of the minutes held. address: where one is verified, with `{code}` in the place of its code.

    signed_by: by language, who issues it.
    """

    percent: int
    address: str
    signed_by: Mapping[str, str]

    def address_of(self, code: str) -> str:
        return self.address.replace("{code}", code)


@dataclass(frozen=True)
class CourseRules:
    """offer: how long a freed place is held for the first of the waiting list. fewest_percent: with fewer of the places
    taken when enrolment closes, staff are asked. room_answer: after so long without an answer, a session has no room.
    check_in: so long before a session people are counted in. refunds: the least that is over first.
    """

    offer: timedelta
    fewest_percent: int
    room_answer: timedelta
    check_in: timedelta
    refunds: tuple[RefundStep, ...]
    certificates: Certificates

    def fewest(self, capacity: int) -> int:
        """So many places must be taken for a course to be held without asking staff; rounded up."""
        return -(-capacity * self.fewest_percent // 100)
