"""The spaces of the centre: open to everybody, and who is in them without a booking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import spaces as schemas

spaces = Blueprint("spaces", __name__, description="The spaces of the centre, and when they are free")


@spaces.operation("GET", "/spaces", answer=schemas.SpaceList, public=True)
def list_spaces() -> Any:
    """List the spaces."""
    return ask("booking", "list_spaces")


@spaces.operation(
    "GET",
    "/spaces/<id:space_id>/timeline",
    query=schemas.ShowTimeline,
    answer=schemas.Timeline,
    refuses=(404,),
    public=True,
)
def get_timeline(space_id: str, query: Mapping[str, Any]) -> Any:
    """Show a space's days: opening hours, holidays, and when it is taken. At most 31 days."""
    return ask("booking", "get_timeline", {"space_id": space_id, **query})


@spaces.operation(
    "GET",
    "/availability",
    query=schemas.SearchAvailability,
    answer=schemas.AvailabilityList,
    refuses=(404,),
    public=True,
)
def search_availability(query: Mapping[str, Any]) -> Any:
    """Say of every space whether it can be booked for this time, or all of these times, and if not, why."""
    wanted = dict(query)
    if "rrule" in wanted:
        wanted["recurrence"] = {"rrule": wanted.pop("rrule")}
    return ask("booking", "search_availability", wanted)


@spaces.operation(
    "POST",
    "/spaces/<id:space_id>/walk-ins",
    body=schemas.ChangeWalkIns,
    answer=schemas.WalkIns,
    refuses=(403, 404, 409),
)
def change_walk_ins(space_id: str, body: Mapping[str, Any]) -> Any:
    """Count people who come by without a booking, in and out. Anybody counts themselves, staff several at once."""
    return ask("booking", "change_walk_ins", {"space_id": space_id, **body})
