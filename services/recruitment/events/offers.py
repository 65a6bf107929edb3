"""What is told of results, offers, and units that are left."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from services.chassis.events import Event, EventType
from services.recruitment.domain.points import written
from services.recruitment.domain.ranked import Line
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Call, Offer, Recall


class CallPart(Schema):
    call_id = fields.String(required=True)
    call_code = fields.String(required=True)
    call_title = fields.String(required=True)
    zone = fields.String(required=True)


class ApplicantPart(CallPart):
    """`person_id`: who applied."""

    application_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    person_id = fields.String(required=True)
    kind = fields.String(required=True)


class ResultPublished(ApplicantPart):
    """The result of one application. `outcome`: `offered` a unit, `waiting` for one, or `below_pass_mark`. `score`,
    `pass_mark`: with two decimals. `candidates`: how many are in this ranking.
    """

    rank = fields.Integer(required=True)
    candidates = fields.Integer(required=True)
    score = fields.String(required=True)
    pass_mark = fields.String(required=True)
    outcome = fields.String(required=True)
    published_at = fields.AwareDateTime(format="iso", required=True)


class OfferEvent(ApplicantPart):
    """The offer as it is after the event. `expires_at`: it has to be signed before then."""

    offer_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    unit_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    rank = fields.Integer(required=True)
    status = fields.String(required=True)
    made_at = fields.AwareDateTime(format="iso", required=True)
    expires_at = fields.AwareDateTime(format="iso", required=True)


class RecallProposed(CallPart):
    """A unit is left that nobody who waits wants: staff may call for it again."""

    unit_id = fields.String(required=True)
    unit_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    kind = fields.String(required=True)
    proposed_at = fields.AwareDateTime(format="iso", required=True)


RESULTS_PUBLISHED = EventType("recruitment", "results_published", ResultPublished)
OFFER_MADE = EventType("recruitment", "offer_made", OfferEvent)
OFFER_ACCEPTED = EventType("recruitment", "offer_accepted", OfferEvent, heard=False)
OFFER_DECLINED = EventType("recruitment", "offer_declined", OfferEvent, heard=False)
OFFER_EXPIRED = EventType("recruitment", "offer_expired", OfferEvent)
RECALL_PROPOSED = EventType("recruitment", "recall_proposed", RecallProposed)


def result_published(
    application: Application, line: Line, outcome: str, call: Call, *, candidates: int, rules: RecruitmentRules
) -> Event:
    assert call.results_at is not None
    data = {
        **_call(call, rules),
        "application_id": application.id,
        "organisation_id": application.organisation_id,
        "organisation_name": application.organisation_name,
        "person_id": application.applicant_id,
        "kind": line.kind,
        "rank": line.rank,
        "candidates": candidates,
        "score": written(line.score),
        "pass_mark": call.terms["scoring"]["pass_mark"],
        "outcome": outcome,
        "published_at": call.results_at.astimezone(rules.centre.zone),
    }
    return RESULTS_PUBLISHED.about(f"{application.id}:result", 1, data)


def of_offer(kind: EventType, offer: Offer, call: Call, rules: RecruitmentRules) -> Event:
    zone = rules.centre.zone
    data = {
        **_call(call, rules),
        "application_id": offer.application_id,
        "organisation_id": offer.organisation_id,
        "organisation_name": offer.organisation_name,
        "person_id": offer.person_id,
        "kind": offer.kind,
        "offer_id": offer.id,
        "unit_id": offer.unit_id,
        "unit_names": dict(rules.unit(offer.unit_id).names),
        "rank": offer.rank,
        "status": offer.status,
        "made_at": offer.made_at.astimezone(zone),
        "expires_at": offer.expires_at.astimezone(zone),
    }
    return kind.about(offer.id, offer.version, data)


def recall_proposed(recall: Recall, call: Call, rules: RecruitmentRules) -> Event:
    unit = rules.unit(recall.unit_id)
    data = {
        **_call(call, rules),
        "unit_id": unit.id,
        "unit_names": dict(unit.names),
        "kind": unit.kind,
        "proposed_at": recall.proposed_at.astimezone(rules.centre.zone),
    }
    return RECALL_PROPOSED.about(f"{call.id}:{unit.id}:recall", 1, data)


def _call(call: Call, rules: RecruitmentRules) -> dict[str, Any]:
    return {
        "call_id": call.id,
        "call_code": call.code,
        "call_title": call.title,
        "zone": rules.centre.zone.key,
    }
