"""What people are told, over which channels, and what staff see of it, in spring."""

from tests.service.gateway.access.pools import kept, next_of
from tests.service.gateway.access.spring import signed
from tests.service.gateway.access.table import row
from tests.service.gateway.access.world import World

WORLD = "spring"
DISCLOSING = {"person_ids": ["access-owner"], "reason": "대관 확인"}
PREFERENCES = {"choices": {"service": {"sms": False}}}
WEBHOOK = {"url": "https://example.org/madang"}


def with_webhook(world: World, role: str) -> None:
    if role != "anonymous":
        world.made(role, "PUT", "/me/webhook", json=WEBHOOK)


THINGS = {
    "message_id": kept("inbox_message"),
    "skipped_id": next_of("skipped"),
    "suppression_id": next_of("suppression"),
}
ROWS = (
    row("GET /me/preferences", others=200),
    row("PUT /me/preferences", body=PREFERENCES, others=200),
    row("GET /me/webhook", given=with_webhook, others=200),
    row("PUT /me/webhook", body=WEBHOOK, others=200),
    row("DELETE /me/webhook", given=with_webhook, others=204),
    row("GET /me/inbox", others=200, shows="owner"),
    row("POST /me/inbox/{message_id}/read", others=404, owner=200, shows="owner"),
    row("GET /contacts", note="masked", others=403, staff=200),
    row("GET /contacts/access-log", others=403, staff=200, auditor=200),
    row(
        "GET /contacts/access-log",
        note="one's own",
        query="person_id=access-owner",
        others=403,
        owner=200,
        staff=200,
        auditor=200,
    ),
    row("POST /contacts/view", body=DISCLOSING, others=403, staff=200, shows="staff"),
    row("POST /contacts/export", body=DISCLOSING, others=403, staff=200, shows="staff"),
    row("POST /messages/{message_id}/replay", of={"message_id": "skipped_id"}, others=403, staff=202),
    row("GET /suppressions", others=403, staff=200),
    row("DELETE /suppressions/{suppression_id}", others=403, staff=204),
    row(
        "POST /receipts/{provider}",
        note="signed by nobody",
        at={"provider": "smtp"},
        body=[],
        others=403,
    ),
    row(
        "POST /receipts/{provider}",
        note="signed by the provider, whoever brings it",
        at={"provider": "smtp"},
        options=lambda: signed([]),
        anonymous=200,
        others=200,
    ),
)
