"""Who saw or took along whose contact data, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.i18n import msgid as _
from services.gateway.web.listing import paged
from services.gateway.web.record.shell import Choice, Entry, chosen, page
from services.gateway.web.shell import READERS, pages, roles_only
from services.gateway.web.words import say

ACTIONS = {"view": _("seen"), "export": _("taken along")}


@pages.get("/record/contacts")
@roles_only(*READERS)
def show_record_of_contacts() -> Any:
    wanted = {name: text for name in ("person_id", "actor_id") if (text := chosen(name))}
    found, older = paged("notify", "list_disclosures", **wanted)
    return page(
        say("Whoever sees contact data or takes it along says why. It is kept for two years."),
        [_entry(each) for each in found],
        [
            Choice("person_id", say("Whose data"), wanted.get("person_id", "")),
            Choice("actor_id", say("By whom"), wanted.get("actor_id", "")),
        ],
        older,
    )


def _entry(disclosure: Mapping[str, Any]) -> Entry:
    about = f"{disclosure['person_id']} · “{disclosure['reason']}”"
    return Entry(disclosure["at"], disclosure["actor_id"], say(ACTIONS[disclosure["action"]]), about)
