"""Consulting from request to satisfaction, and who is the right one to give it. Source: DOMAIN, Consulting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.chassis.errors import IllegalTransition
from services.training.contract.vocabulary import ConsultationStatus as Status


class Action(StrEnum):
    DIAGNOSE = "diagnose"
    ASSIGN = "assign"
    LOG = "log"
    REPORT = "report"
    RATE = "rate"


AT_WORK = Status.ASSIGNED
"""In this state a consultation is part of its consultant's load."""

_NEXT = {
    (Status.REQUESTED, Action.DIAGNOSE): Status.DIAGNOSED,
    (Status.DIAGNOSED, Action.DIAGNOSE): Status.DIAGNOSED,
    (Status.DIAGNOSED, Action.ASSIGN): Status.ASSIGNED,
    (Status.ASSIGNED, Action.ASSIGN): Status.ASSIGNED,  # to somebody else
    (Status.ASSIGNED, Action.LOG): Status.ASSIGNED,
    (Status.ASSIGNED, Action.REPORT): Status.REPORTED,
    (Status.REPORTED, Action.RATE): Status.RATED,
}


def after(status: str, action: Action) -> Status:
    """Raises IllegalTransition."""
    known = (Status(status), action)
    if known not in _NEXT:
        raise IllegalTransition(state=status, wanted=action)
    return _NEXT[known]


@dataclass(frozen=True)
class Consultant:
    """load: consultations that they are at work on. most: as many as they take on at once."""

    id: str
    name: str
    topics: frozenset[str]
    load: int
    most: int

    @property
    def has_room(self) -> bool:
        return self.load < self.most


@dataclass(frozen=True)
class Match:
    """reason: why this one; it is kept with the consultation. `rule`: how the choice was made, `load`: the chosen one's
    before it, `considered`: everybody for the topic with their loads.
    """

    consultant: Consultant
    reason: Mapping[str, Any]


def match(topic: str, consultants: Sequence[Consultant]) -> Match | None:
    """The one for the topic with the smallest load; of several the one with the fewest other topics, who is the
    specialist, then by id. None: nobody for the topic has room.
    """
    fitting = [each for each in consultants if topic in each.topics]
    free = [each for each in fitting if each.has_room]
    if not free:
        return None
    chosen = min(free, key=lambda each: (each.load, len(each.topics), each.id))
    return Match(chosen, _reason("topic_then_load", topic, chosen, fitting))


def chosen_by_staff(topic: str, consultant: Consultant, consultants: Sequence[Consultant]) -> Match:
    return Match(consultant, _reason("chosen_by_staff", topic, consultant, consultants))


def _reason(rule: str, topic: str, chosen: Consultant, considered: Sequence[Consultant]) -> dict[str, Any]:
    return {
        "rule": rule,
        "topic": topic,
        "load": chosen.load,
        "considered": [
            {"consultant_id": each.id, "load": each.load, "most": each.most}
            for each in sorted(considered, key=lambda each: each.id)
            if topic in each.topics
        ],
    }
