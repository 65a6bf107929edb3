"""What can be asked of the support work, and what it hears. Each method: load, call one use case, dump."""

from services.training.entrypoints.support.hearing import HearingEntrypoints
from services.training.entrypoints.support.lists import ListEntrypoints
from services.training.entrypoints.support.survey import SurveyEntrypoints


class SupportEntrypoints(
    SurveyEntrypoints,
    ListEntrypoints,
    HearingEntrypoints,
):
    """All of the support work."""
