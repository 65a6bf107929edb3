"""Units, offers, tenancies, and how organisations grow, in spring. The organisations are the owner's."""

from tests.service.gateway.access.pools import kept, next_of
from tests.service.gateway.access.table import row
from tests.service.gateway.access.world import EVERYBODY, PEOPLE

WORLD = "spring"
OWN = {"organisation_id": PEOPLE["owner"][1][0]}
DESIGNATION = {"kind": "village_enterprise", "since": "2020-01-01"}
MILESTONE = {"title": "첫 고용", "reached_on": "2020-05-01"}
DONE = {"restored": True, "card_returned": True, "deductions": 0}

THINGS = {
    "offer_id": kept("offer"),
    "declinable_id": kept("declinable"),
    "tenancy_id": kept("tenancy"),
    "signable_id": kept("signable"),
    "noticeable_id": next_of("tenancy"),
    "leaving_id": next_of("leaving"),
}
ROWS = (
    row(
        "GET /units",
        note="names of organisations that are tenants are public",
        anonymous=200,
        others=200,
        shows=" ".join(EVERYBODY),
    ),
    row("GET /offers", others=200, shows="owner staff auditor"),
    row("GET /offers/{offer_id}", others=404, owner=200, staff=200, auditor=200, shows="owner staff auditor"),
    row("POST /offers/{offer_id}/accept", others=404, owner=200, shows="owner"),
    row(
        "POST /offers/{offer_id}/decline",
        of={"offer_id": "declinable_id"},
        others=404,
        owner=200,
        shows="owner",
    ),
    row("GET /tenancies", others=200, shows="owner staff auditor"),
    row("GET /tenancies/{tenancy_id}", others=404, owner=200, staff=200, auditor=200, shows="owner staff auditor"),
    row("GET /tenancies/{tenancy_id}/contract.pdf", others=404, owner=200, staff=200, auditor=200),
    row(
        "POST /tenancies/{tenancy_id}/sign",
        of={"tenancy_id": "signable_id"},
        others=404,
        owner=200,
        shows="owner",
    ),
    row(
        "POST /tenancies/{tenancy_id}/renewal-review",
        note="long before the end of its term",
        body={"score": 80},
        others=403,
        staff=409,
    ),
    row(
        "POST /tenancies/{tenancy_id}/notice",
        of={"tenancy_id": "noticeable_id"},
        body={},
        others=404,
        owner=200,
        staff=200,
        shows="owner staff",
    ),
    row(
        "POST /tenancies/{tenancy_id}/move-out",
        of={"tenancy_id": "leaving_id"},
        body=DONE,
        others=403,
        staff=200,
        shows="staff",
    ),
    row("POST /organisations/{organisation_id}/designations", at=OWN, body=DESIGNATION, others=403, staff=201),
    row("POST /organisations/{organisation_id}/milestones", at=OWN, body=MILESTONE, others=403, staff=201),
    row("GET /organisations/{organisation_id}/growth", at=OWN, others=404, owner=200, staff=200, auditor=200),
    row(
        "PUT /organisations/{organisation_id}/readiness",
        at=OWN,
        body={"form": "cooperative"},
        others=404,
        owner=200,
        staff=200,
    ),
    row("GET /organisations/{organisation_id}/readiness", at=OWN, others=404, owner=200, staff=200, auditor=200),
)
