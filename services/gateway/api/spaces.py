"""The spaces of the centre. Their routes follow from the contract, except for the search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.booking.contract import spaces as contract
from services.chassis.contract_schemas import answer_schema
from services.gateway.api.derived import add
from services.gateway.api.operations import Blueprint
from services.gateway.api.schemas.spaces import SearchAvailability
from services.gateway.client import forward

spaces = Blueprint(contract.spaces.name, __name__, description=contract.spaces.description)

add(spaces, contract.ListSpaces, contract.GetTimeline)


@spaces.operation(
    "GET",
    "/availability",
    query=SearchAvailability,
    answer=answer_schema(contract.AvailabilityList),
    refuses=(404,),
    public=True,
)
def search_availability(query: Mapping[str, Any]) -> Any:
    """Say of every space whether it can be booked for this time, or all of these times, and if not, why."""
    arguments = dict(query)
    if "rrule" in arguments:
        arguments["recurrence"] = {"rrule": arguments.pop("rrule")}
    return forward("booking", contract.SearchAvailability.operation.name, arguments)


add(spaces, contract.ChangeWalkIns)
