"""The `support` part of the training section: the numbers in the rules of the support work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from services.training.contract.vocabulary import Stage


@dataclass(frozen=True)
class SupportRules:
    """ceilings: won that a community gets at most, by stage. report_within: after a visit; then the activist is
    reminded. remind_before: how long before the day on which an action is due its owner is told. fewest_answers: to a
    question of a survey about a course; what fewer people said is told to nobody, or one could guess who they were.

    Source: DOMAIN, Training and support.
    """

    ceilings: Mapping[Stage, int]
    report_within: timedelta
    remind_before: timedelta
    fewest_answers: int
