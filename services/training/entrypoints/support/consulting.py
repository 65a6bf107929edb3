"""Consulting and sales channels: the use case of each operation."""

from services.training.contract import consulting as contract
from services.training.queries.support import consulting
from services.training.usecases.support.assign_consultation import assign_consultation, suggest_consultant
from services.training.usecases.support.diagnose_consultation import diagnose_consultation
from services.training.usecases.support.log_session import log_session
from services.training.usecases.support.open_sales_channels import (
    enter_opportunity,
    introduce_organisation,
    record_introduction_result,
)
from services.training.usecases.support.put_consultant import put_consultant
from services.training.usecases.support.rate_consultation import rate_consultation
from services.training.usecases.support.read_consultations import get_consultation, list_introductions
from services.training.usecases.support.report_consultation import report_consultation
from services.training.usecases.support.request_consultation import request_consultation

CONSULTING = (
    contract.PutConsultant.by(put_consultant),
    contract.ListConsultants.by(consulting.list_consultants),
    contract.RequestConsultation.by(request_consultation),
    contract.ListConsultations.by(consulting.list_consultations),
    contract.GetConsultation.by(get_consultation),
    contract.DiagnoseConsultation.by(diagnose_consultation),
    contract.SuggestConsultant.by(suggest_consultant),
    contract.AssignConsultation.by(assign_consultation),
    contract.LogSession.by(log_session),
    contract.ReportConsultation.by(report_consultation),
    contract.RateConsultation.by(rate_consultation),
    contract.EnterOpportunity.by(enter_opportunity),
    contract.ListOpportunities.by(consulting.list_opportunities),
    contract.IntroduceOrganisation.by(introduce_organisation),
    contract.ListIntroductions.by(list_introductions),
    contract.RecordIntroductionResult.by(record_introduction_result),
)
