"""The training section of the centre's profile: every number that a rule reckons with. Defaults: DOMAIN."""

from __future__ import annotations

from dataclasses import dataclass

from services.centre.opening import Centre
from services.training.domain.courses.rules import CourseRules
from services.training.domain.support.rules import SupportRules


@dataclass(frozen=True)
class TrainingRules:
    """The whole section, with the centre that it is for."""

    centre: Centre
    courses: CourseRules
    support: SupportRules
