"""Record of a selection: who did what to the call, its applications, offers and tenancies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.web.listing import shown, whole
from services.gateway.web.record.shell import Choice, Entry, chosen, page, person
from services.gateway.web.shell import READERS, pages, roles_only
from services.gateway.web.words import label, say
from services.recruitment.contract.applications import ListApplications
from services.recruitment.contract.calls import ListCalls
from services.recruitment.contract.selection import CallDecision, ListSelectionDecisions
from services.recruitment.contract.tenancies import ListOffers
from services.recruitment.contract.vocabulary import SelectionAction


@pages.get("/record/calls")
@roles_only(*READERS)
def show_record_of_calls() -> Any:
    calls = whole(ListCalls())
    call_id = chosen("call_id") or (calls[0].id if calls else "")
    decisions, older = shown(ListSelectionDecisions(call_id=call_id)) if call_id else ([], None)
    subjects = _subjects(call_id) if decisions else {}
    return page(
        say("Every step of a selection: who, when, and why. What tells of scores is sealed until it may be seen."),
        [_entry(each, subjects) for each in decisions],
        [Choice("call_id", say("Call"), call_id, [(each.id, each.title) for each in calls])] if calls else [],
        older,
    )


def _subjects(call_id: str) -> dict[str, tuple[str, str]]:
    """Return the subjects of decisions about a call: the words for each and its page, by its id."""
    subjects = {call_id: (say("the call"), f"/calls/{call_id}")}
    for application in whole(ListApplications(call_id=call_id)):
        subjects[application.id] = application.organisation_name, f"/applications/{application.id}"
    for offer in whole(ListOffers(call_id=call_id)):
        words = f"{offer.organisation_name}, {offer.unit_name}"
        subjects[offer.id] = words, f"/calls/{call_id}/ranking"
        if offer.tenancy_id:
            subjects[offer.tenancy_id] = words, f"/tenancies/{offer.tenancy_id}"
    return subjects


def _entry(decision: CallDecision, subjects: Mapping[str, tuple[str, str]]) -> Entry:
    """An erased subject has no name any more."""
    subject, href = subjects.get(decision.subject_id, (say("erased"), None))
    notes = [say("sealed")] if decision.sealed else []
    if decision.reason:
        notes.append(f"“{decision.reason}”")
    action = label(SelectionAction(decision.action))
    return Entry(decision.at, person(decision.actor_id), action, " · ".join([subject, *notes]), href)
