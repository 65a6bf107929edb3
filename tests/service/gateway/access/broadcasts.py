"""Templates, audiences and broadcasts: staff's alone, and for auditors to read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.service.gateway.access.people import CONTACT
from tests.service.gateway.access.table import row
from tests.service.gateway.access.world import World

TEMPLATE = "/templates/booking_approved/email/ko"
NOTICE = "/templates/booking_approved/alimtalk/ko"
SOURCE = {"source": "{{ space }}\n{{ when }}"}
CONTENT = {
    "category": "service",
    "channels": ["inbox"],
    "texts": {"ko": {"subject": "봄맞이 대청소", "body": "토요일 10시에 마당에서 만납니다."}},
}
WANTED = {**CONTENT, "audience": {"kind": "everyone"}}


@contextmanager
def broadcast(world: World) -> Iterator[str]:
    """A draft of staff's, who can be reached."""
    world.made("staff", "PUT", "/me/contact", json=CONTACT)
    yield world.made("staff", "POST", "/broadcasts", json=WANTED)["id"]


def registered(world: World, _: str) -> Any:
    """A notice that waits to be asked for: a new text begins anew."""
    source = {"source": f"{{{{ space }}}}\n{world.made('staff', 'GET', NOTICE)['version']}"}
    return world.made("staff", "PUT", NOTICE, json=source)


def known_staff(world: World, _: str) -> Any:
    return world.made("staff", "PUT", "/me/contact", json=CONTACT)


def reachable(world: World, role: str) -> Any:
    return role == "anonymous" or world.made(role, "PUT", "/me/contact", json=CONTACT)


THINGS = {"broadcast_id": broadcast}
AT = {"key": "booking_approved", "channel": "email", "locale": "ko"}
ONE = "/templates/{key}/{channel}/{locale}"
ROWS = (
    row("GET /templates", others=403, staff=200),
    row(f"GET {ONE}", at=AT, others=403, staff=200),
    row(f"PUT {ONE}", at=AT, body=SOURCE, others=403, staff=200),
    row(f"POST {ONE}/preview", at=AT, body=SOURCE, others=403, staff=200),
    row(
        f"POST {ONE}/approval",
        at={**AT, "channel": "alimtalk"},
        body={"approval": "REQ"},
        given=registered,
        others=403,
        staff=200,
    ),
    row(f"GET {ONE}/decisions", at=AT, others=403, staff=200, auditor=200),
    row("GET /audiences", others=403, staff=200),
    row(
        "DELETE /audiences/staff/{person_id}",
        at={"person_id": "access-staff"},
        given=known_staff,
        others=403,
        staff=403,
        director=204,
    ),
    row("POST /broadcasts/preview", body=CONTENT, others=403, staff=200),
    row("POST /broadcasts", body=WANTED, others=403, staff=201),
    row("GET /broadcasts", others=403, staff=200, auditor=200),
    row("GET /notices", anonymous=200, others=200),
    row("GET /broadcasts/{broadcast_id}", others=403, staff=200, auditor=200),
    row("PATCH /broadcasts/{broadcast_id}", body=WANTED, others=403, staff=200),
    row("GET /broadcasts/{broadcast_id}/recipients", others=403, staff=200),
    row("POST /broadcasts/{broadcast_id}/test", given=reachable, others=403, staff=202),
    row("POST /broadcasts/{broadcast_id}/send", others=403, staff=202),
    row("POST /broadcasts/{broadcast_id}/cancel", others=403, staff=200),
    row("GET /broadcasts/{broadcast_id}/decisions", others=403, staff=200, auditor=200),
)
