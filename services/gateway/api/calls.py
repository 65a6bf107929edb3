"""Public calls for tenants, and their judges."""

from __future__ import annotations

from services.gateway.api.derived import add, blueprint_of
from services.recruitment.contract import calls as contract
from services.recruitment.contract.panel import GetPanel, NameJudges

calls = blueprint_of(contract.calls)
add(calls, NameJudges, GetPanel)
