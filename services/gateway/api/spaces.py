"""The spaces of the centre. Open to everybody."""

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
    "GET", "/availability", query=schemas.SearchAvailability, answer=schemas.AvailabilityList, public=True
)
def search_availability(query: Mapping[str, Any]) -> Any:
    """Say of every space whether it can be booked for this time, and if not, why."""
    return ask("booking", "search_availability", query)
