"""Read an offer, a tenancy and its contract, as far as the reader may."""

from __future__ import annotations

import base64

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import NotFound
from services.recruitment.contract import tenancies as contract
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Offer, Tenancy
from services.recruitment.queries.offers import offer_answer
from services.recruitment.queries.tenancies import tenancy_answer
from services.recruitment.usecases.deciding_offers import NO_OFFER, is_own
from services.recruitment.usecases.keeping_tenancies import NO_TENANCY, is_tenant


def get_offer(call: Call[RecruitmentRules], request: contract.GetOffer) -> contract.Offer:
    """Raises NotFound."""
    offer = call.session.get(Offer, request.offer_id)
    if offer is None or not (is_own(call.actor, offer) or roles.reads_all(call.actor)):
        raise NotFound(NO_OFFER)
    return offer_answer(call, offer)


def get_tenancy(call: Call[RecruitmentRules], request: contract.GetTenancy) -> contract.Tenancy:
    """Raises NotFound."""
    return tenancy_answer(call, _require_readable(call, request.tenancy_id))


def get_contract(call: Call[RecruitmentRules], request: contract.GetContract) -> contract.Contract:
    """Raises NotFound."""
    tenancy = _require_readable(call, request.tenancy_id)
    from services.recruitment.usecases.contract_document import contract_pdf  # it takes 30 MB of memory

    content = base64.b64encode(contract_pdf(tenancy, call.profile)).decode()
    return contract.Contract(name=f"contract-{tenancy.contract_number}.pdf", content=content)


def _require_readable(call: Call[RecruitmentRules], tenancy_id: str) -> Tenancy:
    """Tenants and readers may read a tenancy. Raises NotFound."""
    tenancy = call.session.get(Tenancy, tenancy_id)
    if tenancy is None or not (is_tenant(call.actor, tenancy) or roles.reads_all(call.actor)):
        raise NotFound(NO_TENANCY)
    return tenancy
