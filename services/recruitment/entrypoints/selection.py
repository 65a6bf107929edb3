"""The audit log and the numbers of a selection, and its handlers and timers."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import Call
from services.chassis.events import Received
from services.chassis.handlers import handles
from services.chassis.messaging import OUTSIDE
from services.chassis.timers import every, when_due
from services.recruitment.contract import selection as contract
from services.recruitment.entrypoints.offers import in_batches
from services.recruitment.queries import due
from services.recruitment.schemas import heard_selection as heard
from services.recruitment.usecases.erase_applicant import erase_applicant
from services.recruitment.usecases.move_interviews import move_interviews
from services.recruitment.usecases.purge_applicants import purge_applicants
from services.recruitment.usecases.read_selection import get_purge, get_selection_statistics, list_selection_decisions
from services.recruitment.usecases.shortlisting import draw_due_shortlist

PURGE_EVERY = 3600
"""Seconds. What goes by days may go within the hour; a moved clock is seen at once."""


SELECTION = (
    contract.ListSelectionDecisions.by(list_selection_decisions),
    contract.GetSelectionStatistics.by(get_selection_statistics),
    contract.GetPurge.by(get_purge),
)


class Selection:
    store: Any

    @handles("booking", "closure_declared", heard.ClosureSchema)
    @handles("booking", "closure_extended", heard.ClosureSchema)
    @handles("booking", "closure_lifted", heard.ClosureSchema)
    def move_interviews(self, call: Call, event: Received) -> None:
        move_interviews(call.session, event.data, rules=call.profile, now=call.now)

    @handles("notify", "person_erased", heard.ErasedPersonSchema)
    @handles(OUTSIDE, "person_erased", heard.ErasedPersonSchema)
    def erase_applicant(self, call: Call, event: Received) -> None:
        erase_applicant(call.session, event.data.person_id)

    @when_due(due.SHORTLIST, leased=True)
    def draw_shortlists(self) -> bool:
        return in_batches(self.store, draw_due_shortlist)

    @every(PURGE_EVERY, leased=True)
    def purge_applicants(self) -> bool:
        return in_batches(self.store, purge_applicants)
