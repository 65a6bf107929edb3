"""Who one is, where one is reached, and what was sent."""

from typing import Any

from tests.service.gateway.access.table import row
from tests.service.gateway.access.world import World

CONTACT = {"email": "access@example.org", "locale": "ko"}


def with_calendar(world: World, role: str) -> Any:
    return role == "anonymous" or world.made(role, "POST", "/me/calendar")


def with_contact(world: World, role: str) -> Any:
    return role == "anonymous" or world.made(role, "PUT", "/me/contact", json=CONTACT)


ROWS = (
    row("GET /me", others=200, shows="owner"),
    row("GET /me/contact", given=with_contact, others=200, shows="owner"),
    row("PUT /me/contact", body=CONTACT, others=200, shows="owner"),
    row("GET /me/export", beside=("booking_id",), others=200, shows="owner"),
    row("POST /me/calendar", others=201),
    row("DELETE /me/calendar", given=with_calendar, others=204),
    row("GET /messages", others=403, staff=200),
    row(
        "POST /people/{person_id}/erase",
        at={"person_id": "somebody-else"},
        body={"reason": "본인 요청"},
        others=403,
        staff=204,
    ),
)
