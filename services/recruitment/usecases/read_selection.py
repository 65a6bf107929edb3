"""Read the audit log of a call, numbers of its selection, and the report of a purge. For staff and auditors."""

from __future__ import annotations

from services.chassis import paging, roles
from services.chassis.call import Call
from services.chassis.contract import Page
from services.chassis.errors import NotFound
from services.chassis.i18n import msgid as _
from services.recruitment.contract import selection as contract
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Decision
from services.recruitment.queries import calls, statistics
from services.recruitment.queries.decisions import find_decisions
from services.recruitment.usecases import access
from services.recruitment.usecases.judging_access import sealed_from


def list_selection_decisions(
    call: Call[RecruitmentRules], request: contract.ListSelectionDecisions
) -> Page[contract.CallDecision]:
    """Raises Forbidden, and Invalid for a cursor that is none."""
    roles.require_reader(call.actor)
    public_call = calls.call(call.session, request.call_id)
    rows, next_cursor = paging.cut(find_decisions(call.session, request), request.limit)
    sealed = sealed_from(call.session, public_call, call.actor, rows)
    items = [_decision(call, each, sealed=each.id in sealed) for each in rows]
    return Page(items=items, next_cursor=next_cursor)


def get_selection_statistics(
    call: Call[RecruitmentRules], request: contract.GetSelectionStatistics
) -> contract.SelectionStatistics:
    """Raises Forbidden, NotFound."""
    roles.require_reader(call.actor)
    if calls.call(call.session, request.call_id) is None:
        raise NotFound(access.NO_CALL)
    return contract.SelectionStatistics(
        call_id=request.call_id,
        rows=statistics.applications_by_type(call.session, request.call_id),
        failed_rules=statistics.failed_rules(call.session, request.call_id),
    )


def get_purge(call: Call[RecruitmentRules], request: contract.GetPurge) -> contract.PurgeReport:
    """Raises Forbidden, NotFound."""
    roles.require_reader(call.actor)
    row = statistics.purge(call.session, request.call_id)
    if row is None:
        raise NotFound(_("Nothing of this call has been purged yet."))
    return contract.PurgeReport.of(row, call.profile.centre.zone, **row.report)


def _decision(call: Call[RecruitmentRules], row: Decision, *, sealed: bool) -> contract.CallDecision:
    hidden: dict[str, object] = {"reason": None, "before": {}, "after": {}} if sealed else {}
    return contract.CallDecision.of(row, call.profile.centre.zone, sealed=sealed, **hidden)
