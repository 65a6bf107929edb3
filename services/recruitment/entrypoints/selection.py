"""What the clock and other services bring to a selection, and what is left of it."""

from __future__ import annotations

from typing import Any

from services.chassis import roles
from services.chassis.entrypoints import Call, query
from services.chassis.errors import NotFound
from services.chassis.events import Received
from services.chassis.handlers import handles
from services.chassis.i18n import msgid as _
from services.chassis.messaging import OUTSIDE
from services.chassis.timers import every, when_due
from services.recruitment import usecases
from services.recruitment.entrypoints.offers import in_batches
from services.recruitment.queries import calls, decisions, due, statistics
from services.recruitment.schemas import heard_selection as heard
from services.recruitment.schemas import selection as schemas
from services.recruitment.schemas.calls import CallId, CallIdSchema
from services.recruitment.usecases import access
from services.recruitment.usecases.judging_access import sealed_from
from services.recruitment.usecases.shortlisting import draw_due_shortlist
from services.recruitment.views import selection as shown

PURGE_EVERY = 3600
"""Seconds. What goes by days may go within the hour; a moved clock is seen at once."""


class Selection:
    store: Any

    @query(CallIdSchema, schemas.SelectionStatisticsView)
    def get_selection_statistics(self, call: Call, wanted: CallId) -> Any:
        roles.require_reader(call.actor)
        if calls.call(call.session, wanted.call_id) is None:
            raise NotFound(access.NO_CALL)
        rows = statistics.applications_by_type(call.session, wanted.call_id)
        return shown.statistics(wanted.call_id, rows, statistics.failed_rules(call.session, wanted.call_id))

    @query(CallIdSchema, schemas.PurgeView)
    def get_purge(self, call: Call, wanted: CallId) -> Any:
        roles.require_reader(call.actor)
        found = statistics.purge(call.session, wanted.call_id)
        if found is None:
            raise NotFound(_("Nothing of this call has been purged yet."))
        return shown.purge(found, call.profile)

    @query(schemas.FindDecisionsSchema, schemas.DecisionPage)
    def list_selection_decisions(self, call: Call, wanted: schemas.FindDecisions) -> Any:
        roles.require_reader(call.actor)
        of = calls.call(call.session, wanted.call_id)
        found = decisions.find_decisions(call.session, wanted)
        sealed = sealed_from(call.session, of, call.actor, found)
        return shown.decisions(found, wanted.limit, sealed, call.profile)

    @handles("booking", "closure_declared", heard.ClosureSchema)
    @handles("booking", "closure_extended", heard.ClosureSchema)
    @handles("booking", "closure_lifted", heard.ClosureSchema)
    def move_interviews(self, call: Call, event: Received) -> None:
        usecases.move_interviews(call.session, event.data, rules=call.profile, now=call.now)

    @handles("notify", "person_erased", heard.ErasedPersonSchema)
    @handles(OUTSIDE, "person_erased", heard.ErasedPersonSchema)
    def erase_applicant(self, call: Call, event: Received) -> None:
        usecases.erase_applicant(call.session, event.data.person_id)

    @when_due(due.SHORTLIST, leased=True)
    def draw_shortlists(self) -> bool:
        return in_batches(self.store, draw_due_shortlist)

    @every(PURGE_EVERY, leased=True)
    def purge_applicants(self) -> bool:
        return in_batches(self.store, usecases.purge_applicants)
