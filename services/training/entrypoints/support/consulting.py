"""Consulting and sales channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.chassis import roles
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.training.models.support.consulting import Consultant, Consultation, Opportunity
from services.training.queries.support import consulting
from services.training.schemas.support import bases
from services.training.schemas.support import consulting as schemas
from services.training.usecases.support import access
from services.training.usecases.support.assign_consultation import assign_consultation, suggest_consultant
from services.training.usecases.support.diagnose_consultation import diagnose_consultation
from services.training.usecases.support.log_session import log_session
from services.training.usecases.support.open_sales_channels import (
    NO_OPPORTUNITY,
    enter_opportunity,
    introduce,
    record_result,
)
from services.training.usecases.support.put_consultant import put_consultant
from services.training.usecases.support.rate_consultation import rate_consultation
from services.training.usecases.support.report_consultation import report_consultation
from services.training.usecases.support.request_consultation import request_consultation
from services.training.views import support as views


class ConsultingEntrypoints:
    @command(schemas.PutConsultantSchema, schemas.ConsultantView)
    def put_consultant(self, call: Call, wanted: schemas.PutConsultant) -> Any:
        consultant = put_consultant(call.session, wanted, actor=call.actor)
        return _consultants(call, [consultant])[0]

    @query(bases.FindShortSchema, schemas.ConsultantPage)
    def list_consultants(self, call: Call, wanted: bases.FindPage) -> Any:
        roles.require_reader(call.actor)
        found = consulting.find_consultants(call.session, wanted)
        return {"items": _consultants(call, found.items), "next_cursor": found.next_cursor}

    @command(schemas.RequestConsultationSchema, schemas.ConsultationView)
    def request_consultation(self, call: Call, wanted: schemas.RequestConsultation) -> Any:
        made = request_consultation(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _consultation(call, made)

    @query(schemas.FindConsultationsSchema, schemas.ConsultationPage)
    def list_consultations(self, call: Call, wanted: schemas.FindConsultations) -> Any:
        roles.require_person(call.actor)
        everything = roles.reads_all(call.actor)
        found = consulting.find_consultations(call.session, wanted, actor=call.actor, all_of_them=everything)
        return {"items": _consultations(call, found.items), "next_cursor": found.next_cursor}

    @query(schemas.ConsultationIdSchema, schemas.ConsultationWithLogs)
    def get_consultation(self, call: Call, wanted: schemas.ConsultationId) -> Any:
        found = _found(call, wanted.consultation_id)
        access.require_readable(call.actor, found)
        return _with_logs(call, found)

    @command(schemas.DiagnoseConsultationSchema, schemas.ConsultationView)
    def diagnose_consultation(self, call: Call, wanted: schemas.DiagnoseConsultation) -> Any:
        return _consultation(call, diagnose_consultation(call.session, wanted, actor=call.actor))

    @query(schemas.ConsultationIdSchema, schemas.SuggestionView)
    def suggest_consultant(self, call: Call, wanted: schemas.ConsultationId) -> Any:
        roles.require_reader(call.actor)
        found = suggest_consultant(call.session, _found(call, wanted.consultation_id))
        if found is None:
            return {"consultant_id": None, "name": None, "reason": None}
        return {"consultant_id": found.consultant.id, "name": found.consultant.name, "reason": found.reason}

    @command(schemas.AssignConsultationSchema, schemas.ConsultationView)
    def assign_consultation(self, call: Call, wanted: schemas.AssignConsultation) -> Any:
        assigned = assign_consultation(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _consultation(call, assigned)

    @command(schemas.LogSessionSchema, schemas.ConsultationWithLogs)
    def log_session(self, call: Call, wanted: schemas.LogSession) -> Any:
        return _with_logs(call, log_session(call.session, wanted, actor=call.actor, now=call.now))

    @command(schemas.ReportConsultationSchema, schemas.ConsultationWithLogs)
    def report_consultation(self, call: Call, wanted: schemas.ReportConsultation) -> Any:
        reported = report_consultation(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _with_logs(call, reported)

    @command(schemas.RateConsultationSchema, schemas.ConsultationView)
    def rate_consultation(self, call: Call, wanted: schemas.RateConsultation) -> Any:
        return _consultation(call, rate_consultation(call.session, wanted, actor=call.actor, now=call.now))

    # --- sales channels

    @command(schemas.EnterOpportunitySchema, schemas.OpportunityView)
    def enter_opportunity(self, call: Call, wanted: schemas.EnterOpportunity) -> Any:
        return views.row(enter_opportunity(call.session, wanted, actor=call.actor, now=call.now), call.profile)

    @query(schemas.FindOpportunitiesSchema, schemas.OpportunityPage)
    def list_opportunities(self, call: Call, wanted: schemas.FindOpportunities) -> Any:
        roles.require_person(call.actor)
        return views.page(consulting.find_opportunities(call.session, wanted), call.profile)

    @command(schemas.IntroduceSchema, schemas.IntroductionView)
    def introduce_organisation(self, call: Call, wanted: schemas.Introduce) -> Any:
        made = introduce(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return views.row(made, call.profile)

    @command(schemas.RecordResultSchema, schemas.IntroductionView)
    def record_introduction_result(self, call: Call, wanted: schemas.RecordResult) -> Any:
        return views.row(record_result(call.session, wanted, actor=call.actor, now=call.now), call.profile)

    @query(schemas.FindIntroductionsSchema, schemas.IntroductionPage)
    def list_introductions(self, call: Call, wanted: schemas.FindIntroductions) -> Any:
        roles.require_person(call.actor)
        if call.session.get(Opportunity, wanted.opportunity_id) is None:
            raise NotFound(NO_OPPORTUNITY)
        everything = roles.reads_all(call.actor)
        found = consulting.find_introductions(call.session, wanted, actor=call.actor, all_of_them=everything)
        return views.page(found, call.profile)


def _consultants(call: Call, found: Sequence[Consultant]) -> list[Any]:
    loads = consulting.loads_of_consultants(call.session)
    return [views.row(each, call.profile, load=loads.get(each.id, 0)) for each in found]


def _found(call: Call, consultation_id: str) -> Consultation:
    """Raises NotFound."""
    found = call.session.get(Consultation, consultation_id)
    if found is None:
        raise NotFound(access.NO_CONSULTATION)
    return found


def _consultation(call: Call, consultation: Consultation) -> dict[str, Any]:
    return _consultations(call, [consultation])[0]


def _consultations(call: Call, wanted: Sequence[Consultation]) -> list[dict[str, Any]]:
    """Why this consultant was chosen says how busy the others are: that is for staff."""
    names = consulting.names_of_consultants(call.session, [each.consultant_id for each in wanted])
    hidden = {} if roles.reads_all(call.actor) else {"match_reason": None}
    return [
        {**views.row(each, call.profile, consultant_name=names.get(each.consultant_id or "")), **hidden}
        for each in wanted
    ]


def _with_logs(call: Call, consultation: Consultation) -> Any:
    logs = consulting.logs_of(call.session, consultation.id)
    return {**_consultation(call, consultation), "logs": [views.row(each, call.profile) for each in logs]}
