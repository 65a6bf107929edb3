"""News of booking: services/booking/events.py, version 1."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.chassis.i18n import msgid as _
from services.notify.domain.news import (
    Kind,
    code,
    flag,
    maybe,
    moment,
    named,
    names,
    number,
    person,
    some_moment,
    some_text,
    span,
    spans,
    text,
)

REJECT_REASONS = {
    "forbidden_purpose": _("The centre is not open to political or religious events or to commercial gain."),
    "incomplete": _("The application lacks something that the centre needs to know."),
    "unsuitable_space": _("The space does not suit what you plan."),
    "centre_needs_it": _("The centre needs the space itself at that time."),
    "other": _("The centre cannot offer the space for this."),
}


class Occurrence(Schema):
    start = fields.AwareDateTime(format="iso", required=True)
    end = fields.AwareDateTime(format="iso", required=True)


BOOKING = Kind(
    fields={
        "requester_id": person(required=True),
        "space_names": names(),
        "title": fields.String(required=True),
        "start": fields.AwareDateTime(format="iso", required=True),
        "end": fields.AwareDateTime(format="iso", required=True),
        "occurrences": fields.List(fields.Nested(Occurrence, unknown="exclude"), load_default=[], allow_none=True),
        "reason_code": some_text(),
        "note": some_text(),
        "refund": maybe(fields.Integer),
        "decide_by": some_moment(),
        "status": some_text(),
        "closure_id": some_text(),
    },
    words={
        "space": named("space_names"),
        "title": text("title"),
        "when": span("start", "end"),
        "dates": spans("occurrences"),
        "reason": code("reason_code", REJECT_REASONS),
        "note": text("note"),
        "refund": number("refund"),
        "decide_by": moment("decide_by"),
        "closed": flag("closure_id"),
    },
    line=("when", "space", "title"),
    group="closure_id",
    example={
        "requester_id": "resident-1",
        "space_names": {"ko": "교육장 1", "en": "Classroom 1"},
        "title": "마을 잔치 준비 모임",
        "start": "2020-03-20T10:00:00+09:00",
        "end": "2020-03-20T12:00:00+09:00",
        "occurrences": [
            {"start": "2020-03-20T10:00:00+09:00", "end": "2020-03-20T12:00:00+09:00"},
            {"start": "2020-03-27T10:00:00+09:00", "end": "2020-03-27T12:00:00+09:00"},
        ],
        "reason_code": "unsuitable_space",
        "note": "음악 모임은\n다목적홀을 신청해 주세요.",
        "refund": 20000,
        "decide_by": "2020-03-12T09:00:00+09:00",
    },
)

PENALTY = Kind(
    fields={
        "person_id": person(required=True),
        "space_names": names(),
        "start": fields.AwareDateTime(format="iso", required=True),
        "ban_until": some_moment(),
    },
    words={"space": named("space_names"), "when": moment("start"), "ban_until": moment("ban_until")},
    example={
        "person_id": "resident-1",
        "space_names": {"ko": "교육장 2", "en": "Classroom 2"},
        "start": "2020-03-18T10:00:00+09:00",
        "ban_until": "2020-04-17T10:15:00+09:00",
    },
)

CLOSURE = Kind(
    fields={
        "start": fields.AwareDateTime(format="iso", required=True),
        "end": fields.AwareDateTime(format="iso", required=True),
        "reason": some_text(),
        "space_ids": fields.List(fields.String(), load_default=[], allow_none=True),
        "lifted_at": some_moment(),
    },
    words={
        "when": span("start", "end"),
        "reason": text("reason"),
        "in_part": flag("space_ids"),
        "lifted_at": moment("lifted_at"),
    },
    example={
        "start": "2020-02-24T00:00:00+09:00",
        "end": "2020-03-09T00:00:00+09:00",
        "reason": "코로나19 확산 방지",
        "space_ids": ["edu-1"],
        "lifted_at": "2020-03-05T09:00:00+09:00",
    },
)
