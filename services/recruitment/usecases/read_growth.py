"""Read the designations, milestones and readiness of an organisation. Its members, staff and auditors may."""

from __future__ import annotations

from services.chassis.entrypoints import Call
from services.recruitment.contract import growth as contract
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import CertificationFacts
from services.recruitment.queries import growth
from services.recruitment.usecases.record_growth import require_organisation


def get_growth(call: Call[RecruitmentRules], request: contract.GetGrowth) -> contract.Growth:
    """Raises NotFound."""
    require_organisation(call.actor, request.organisation_id, reading=True)
    designations = growth.designations(call.session, request.organisation_id)
    milestones = growth.milestones(call.session, request.organisation_id)
    return contract.Growth(
        organisation_id=request.organisation_id,
        designations=[growth.designation_answer(call, each) for each in designations],
        milestones=[growth.milestone_answer(call, each) for each in milestones],
    )


def get_readiness(call: Call[RecruitmentRules], request: contract.GetReadiness) -> contract.Readiness:
    """Raises NotFound."""
    require_organisation(call.actor, request.organisation_id, reading=True)
    facts = call.session.get(CertificationFacts, request.organisation_id)
    return growth.readiness_answer(call, request.organisation_id, facts)
