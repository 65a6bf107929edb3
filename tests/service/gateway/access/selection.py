"""Scores, rankings and results, in spring. The owner has applied in every call."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.service.gateway.access.pools import kept, next_of
from tests.service.gateway.access.spring import Spring
from tests.service.gateway.access.table import row
from tests.service.recruitment.letting import points

WORLD = "spring"


@contextmanager
def tied_call(world: Spring) -> Iterator[str]:
    call_id, world.tied = world.ties.pop() if len(world.ties) > 1 else world.ties[0]
    yield call_id


THINGS = {
    "application_id": kept("judged_application"),
    "unscored_application_id": kept("unscored_application"),
    "judged_call_id": kept("judged_call"),
    "rankable_id": next_of("rankable"),
    "publishable_id": next_of("publishable"),
    "ranked_call_id": kept("ranked_call"),
    "tied_call_id": tied_call,
}
ROWS = (
    row(
        "POST /applications/{application_id}/recusals",
        of={"application_id": "unscored_application_id"},
        body={"reason": "친척"},
        others=404,
        judge=201,
    ),
    row("GET /applications/{application_id}/scores", others=404, judge=200, staff=200, auditor=200),
    row(
        "PUT /applications/{application_id}/scores",
        body={"scores": points(80)},
        others=404,
        judge=200,
    ),
    row("PUT /applications/{application_id}/bonus", body={"points": 1, "ground": "local"}, others=403, staff=200),
    row("POST /calls/{call_id}/ranking", of={"call_id": "rankable_id"}, others=403, staff=200, shows="staff"),
    row(
        "GET /calls/{call_id}/ranking",
        note="before its results are out",
        of={"call_id": "judged_call_id"},
        others=403,
        judge=200,
        staff=200,
        auditor=200,
    ),
    row(
        "GET /calls/{call_id}/ranking",
        note="with its results",
        of={"call_id": "ranked_call_id"},
        others=403,
        owner=200,
        judge=200,
        staff=200,
        auditor=200,
        shows="owner judge staff auditor",
    ),
    row(
        "POST /calls/{call_id}/tie-votes",
        of={"call_id": "tied_call_id"},
        body=lambda world: {"application_ids": world.tied},
        others=403,
        staff=201,
    ),
    row("POST /calls/{call_id}/results", of={"call_id": "publishable_id"}, others=403, staff=200, shows="staff"),
)
