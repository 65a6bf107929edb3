"""The rules that a wish about a course must pass. A gate is a pure function from what is wished and what is there to
the refusals that it sees; all gates are asked, all refusals returned. Source of each: DOMAIN, Training and support.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.chassis.errors import Refusal
from services.chassis.period import Period
from services.training.contract.vocabulary import CourseStatus, SessionStatus
from services.training.domain.courses import refusals
from services.training.domain.courses.lifecycle import OPEN_COURSES


@dataclass(frozen=True)
class WantedPlace:
    """Somebody wants a place at `now`. enrolled_as: what they are in the course already. waits: a place in the waiting
    list would do. enrolment: in the centre's zone.
    """

    status: CourseStatus
    enrolment: Period
    capacity: int
    taken: int
    waiting: int
    enrolled_as: str | None
    waits: bool
    now: datetime

    @property
    def is_free(self) -> bool:
        """Who waits comes first: then a free place is not free."""
        return self.taken < self.capacity and not self.waiting


def course_open(wanted: WantedPlace) -> Iterator[Refusal]:
    if wanted.status not in OPEN_COURSES:
        yield refusals.course_not_open(wanted.status)


def enrolment_window(wanted: WantedPlace) -> Iterator[Refusal]:
    if wanted.now < wanted.enrolment.start:
        yield refusals.not_open_yet(wanted.enrolment.local_start)
    elif wanted.now >= wanted.enrolment.end:
        yield refusals.enrolment_over(wanted.enrolment.local_end)


def once(wanted: WantedPlace) -> Iterator[Refusal]:
    if wanted.enrolled_as is not None:
        yield refusals.already_enrolled(wanted.enrolled_as)


def room_for_all(wanted: WantedPlace) -> Iterator[Refusal]:
    if not wanted.is_free and not wanted.waits:
        yield refusals.course_full(wanted.capacity, wanted.waiting)


ENROL: tuple[Callable[[WantedPlace], Iterator[Refusal]], ...] = (course_open, enrolment_window, once, room_for_all)


def refused(wanted: WantedPlace) -> list[Refusal]:
    return [refusal for gate in ENROL for refusal in gate(wanted)]


@dataclass(frozen=True)
class PlannedSession:
    """A session of a course that is to be published. start: in the centre's zone."""

    status: SessionStatus
    start: datetime
    refusals: Sequence[Mapping[str, Any]]


def unpublishable(sessions: Sequence[PlannedSession]) -> list[Refusal]:
    """What speaks against publishing a course with these sessions. One that awaits its room does not."""
    without = [each for each in sessions if each.status is SessionStatus.REFUSED]
    if all(each.status is SessionStatus.CANCELLED for each in sessions):
        return [refusals.session_missing()]
    return [refusals.room_refused(each.start, each.refusals) for each in without]
