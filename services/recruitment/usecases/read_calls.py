"""Read a call, as far as the reader may."""

from __future__ import annotations

from services.chassis.call import Call
from services.recruitment.contract import calls as contract
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.queries import calls
from services.recruitment.usecases import access


def get_call(call: Call[RecruitmentRules], request: contract.GetCall) -> contract.Call:
    """Raises NotFound."""
    row = calls.call(call.session, request.call_id)
    return calls.call_answer(call, access.require_visible(call.actor, row))
