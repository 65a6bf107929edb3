"""Who did what in a selection: to the call, to an application, to an offer or a tenancy that came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.i18n import msgid as _
from services.gateway.web.listing import everything, paged
from services.gateway.web.record.shell import Choice, Entry, chosen, page, person
from services.gateway.web.shell import READERS, pages, roles_only
from services.gateway.web.words import say

ACTIONS = {
    "create": _("drafted"),
    "change": _("changed"),
    "publish": _("published"),
    "correct": _("corrected"),
    "name_judges": _("judges named"),
    "start": _("begun"),
    "save": _("saved"),
    "attach": _("file added"),
    "submit": _("submitted"),
    "withdraw": _("withdrawn"),
    "extend": _("extended"),
    "pass": _("meets the conditions"),
    "fail": _("does not meet them"),
    "shortlist": _("on the shortlist"),
    "leave_out": _("not on the shortlist"),
    "recuse": _("judge recused"),
    "score": _("scored"),
    "correct_score": _("score corrected"),
    "abstain": _("abstained"),
    "grant_bonus": _("bonus granted"),
    "rank": _("ranked"),
    "vote": _("vote on a tie"),
    "publish_results": _("results published"),
    "accept": _("offer accepted"),
    "decline": _("offer declined"),
    "expire": _("offer expired"),
    "sign": _("signed"),
    "give_notice": _("notice given"),
    "end": _("tenancy over"),
    "move_out": _("moved out"),
    "lapse": _("not signed in time"),
    "purge": _("personal data purged"),
}


@pages.get("/record/calls")
@roles_only(*READERS)
def show_record_of_calls() -> Any:
    calls = everything("recruitment", "list_calls")
    call_id = chosen("call_id") or (calls[0]["id"] if calls else "")
    found, older = paged("recruitment", "list_selection_decisions", call_id=call_id) if call_id else ([], None)
    subjects = _subjects(call_id) if found else {}
    return page(
        say("Every step of a selection: who, when, and why. What tells of scores is sealed until it may be seen."),
        [_entry(each, subjects) for each in found],
        [Choice("call_id", say("Call"), call_id, [(each["id"], each["title"]) for each in calls])] if calls else [],
        older,
    )


def _subjects(call_id: str) -> dict[str, tuple[str, str]]:
    """What the decisions about a call can be about: the words for it and its page, by its id."""
    found = {call_id: (say("the call"), f"/calls/{call_id}")}
    for each in everything("recruitment", "list_applications", call_id=call_id):
        found[each["id"]] = each["organisation_name"], f"/applications/{each['id']}"
    for each in everything("recruitment", "list_offers", call_id=call_id):
        told = f"{each['organisation_name']}, {each['unit_name']}"
        found[each["id"]] = told, f"/calls/{call_id}/ranking"
        if each["tenancy_id"]:
            found[each["tenancy_id"]] = told, f"/tenancies/{each['tenancy_id']}"
    return found


def _entry(decision: Mapping[str, Any], subjects: Mapping[str, tuple[str, str]]) -> Entry:
    """What was erased since has no name any more."""
    told, href = subjects.get(decision["subject_id"], (say("erased"), None))
    notes = [say("sealed")] if decision["sealed"] else []
    if decision["reason"]:
        notes.append(f"“{decision['reason']}”")
    what = say(ACTIONS[decision["action"]])
    return Entry(decision["at"], person(decision["actor_id"]), what, " · ".join([told, *notes]), href)
