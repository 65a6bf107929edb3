"""Read the panel of a call."""

from __future__ import annotations

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import NotFound
from services.recruitment.contract import panel as contract
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.queries import calls, panel
from services.recruitment.usecases import access


def get_panel(call: Call[RecruitmentRules], request: contract.GetPanel) -> contract.Panel:
    """Raises Forbidden, NotFound."""
    roles.require_reader(call.actor)
    row = calls.call(call.session, request.call_id)
    if row is None:
        raise NotFound(access.NO_CALL)
    return panel.panel_answer(call, row)
