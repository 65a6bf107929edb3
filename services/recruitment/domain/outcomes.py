"""What a place in the ranking means for an applicant."""

from __future__ import annotations

from services.recruitment.contract.vocabulary import Outcome
from services.recruitment.domain.ranked import Line


def outcome(line: Line, *, offered: bool) -> Outcome:
    """offered: a unit was offered, whatever became of the offer."""
    if not line.passed:
        return Outcome.BELOW_PASS_MARK
    return Outcome.OFFERED if offered else Outcome.WAITING
