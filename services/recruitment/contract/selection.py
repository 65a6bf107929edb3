"""The audit log of a call, numbers of its selection, and the report of the purge of its data."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from services.chassis.contract import Answer, Doc, ListRequest, Page, Part, Request
from services.chassis.fields import Id, Json
from services.recruitment.contract.vocabulary import ApplicationStatus, LegalType, UnitKind

selections = Part("recruitment", "selections", "What was decided in a selection, and what is left of it")


# --- answers


class CallDecision(Answer):
    """subject_id: of the call, or of one of its applications. actor_id: `madang:…` is the centre itself.

    sealed: it tells of scores that the reader may not see yet; reason, before and after are left out.
    """

    subject_id: str
    at: datetime
    actor_id: str
    action: str
    sealed: bool
    reason: str | None
    before: Json
    after: Json


class CountedApplications(Answer):
    kind: UnitKind
    legal_type: Annotated[LegalType | None, Doc(more={"enum": [*LegalType, None]})]
    status: ApplicationStatus
    applications: int


class SelectionStatistics(Answer):
    """failed_rules: number of applications that each rule turned away. The same before and after a purge."""

    call_id: str
    rows: list[CountedApplications]
    failed_rules: dict[str, int]


class PurgeReport(Answer):
    """documents: number of files of each kind that went. bytes: size of all of them. kept: of those who were chosen."""

    call_id: str
    at: datetime
    applications: int
    kept: int
    documents: dict[str, int]
    bytes: int


# --- operations


@selections.query("GET /calls/{call_id}/decisions", refuses=(403,), documented_as="list_call_decisions")
class ListSelectionDecisions(ListRequest[Page[CallDecision]]):
    """Read the audit log of a call and its applications, the newest first. For staff and auditors."""

    call_id: Id
    subject_id: Annotated[Id | None, Doc("One of its applications")] = None


@selections.query("GET /calls/{call_id}/statistics", refuses=(403, 404))
class GetSelectionStatistics(Request[SelectionStatistics]):
    """Count the applications by kind of unit, legal type and outcome. For staff and auditors."""

    call_id: Id


@selections.query("GET /calls/{call_id}/purge", refuses=(403, 404))
class GetPurge(Request[PurgeReport]):
    """Read what went from a call when the time of its rejected applicants' data was over. For staff and auditors."""

    call_id: Id
