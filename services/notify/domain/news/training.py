"""News of training: services/training/events/, version 1."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.i18n import msgid as _
from services.notify.domain.news import (
    Kind,
    code,
    day,
    flag,
    maybe,
    moment,
    named,
    names,
    number,
    people,
    person,
    some_day,
    some_moment,
    some_text,
    span,
    text,
)

ENROLMENT_REASONS = {
    "by_staff": _("The centre has ended your enrolment."),
    "offer_expired": _("You did not take the place in time."),
    "course_cancelled": _("The course is not held."),
    "course_over": _("The course is over."),
}
"""What one did oneself needs no reason."""

SESSION_REASONS = {
    "closure": _("The centre is closed."),
    "course_cancelled": _("The course is not held."),
    "instructor": _("The instructor cannot come."),
    "too_few": _("Too few people have enrolled."),
    "room_lost": _("The room is not free any more."),
    "room_unanswered": _("No room could be had."),
}

ENROLMENT = Kind(
    fields={
        "person_id": person(required=True),
        "title": fields.String(required=True),
        "starts": some_moment(),
        "offer_until": some_moment(),
        "position": maybe(fields.Integer),
        "reason_code": some_text(),
        "refund": maybe(fields.Integer),
        "closure_id": some_text(),
    },
    words={
        "title": text("title"),
        "starts": moment("starts"),
        "until": moment("offer_until"),
        "position": number("position"),
        "reason": code("reason_code", ENROLMENT_REASONS),
        "refund": number("refund"),
    },
    line=("starts", "title"),
    group="closure_id",
    starts="starts",
    example={
        "person_id": "resident-1",
        "title": "마을기업 첫걸음",
        "starts": "2020-04-07T19:00:00+09:00",
        "offer_until": "2020-03-21T10:00:00+09:00",
        "position": 3,
        "reason_code": "course_cancelled",
        "refund": 30000,
    },
)

SESSION = Kind(
    fields={
        "enrolled": people(),
        "title": fields.String(required=True),
        "space_names": names(required=False),
        "start": fields.AwareDateTime(format="iso", required=True),
        "end": fields.AwareDateTime(format="iso", required=True),
        "redated": maybe(fields.Boolean),
        "reason_code": some_text(),
        "note": some_text(),
        "closure_id": some_text(),
    },
    words={
        "title": text("title"),
        "space": named("space_names"),
        "when": span("start", "end"),
        "redated": flag("redated"),
        "reason": code("reason_code", SESSION_REASONS),
        "note": text("note"),
    },
    line=("when", "space", "title"),
    group="closure_id",
    example={
        "enrolled": ["resident-1"],
        "title": "마을기업 첫걸음",
        "space_names": {"ko": "교육장 2", "en": "Classroom 2"},
        "start": "2020-04-07T19:00:00+09:00",
        "end": "2020-04-07T21:00:00+09:00",
        "redated": True,
        "reason_code": "instructor",
        "note": "새 날짜는 곧 알려 드립니다.",
    },
)

_COURSE_FIELDS = {
    "title": fields.String(required=True),
    "enrol_until": some_moment(),
    "starts": some_moment(),
}
_COURSE_WORDS = {"title": text("title"), "until": moment("enrol_until"), "starts": moment("starts")}
_COURSE_EXAMPLE = {
    "title": "마을기업 첫걸음",
    "enrol_until": "2020-03-31T18:00:00+09:00",
    "starts": "2020-04-07T19:00:00+09:00",
}

COURSE = Kind(
    fields={**_COURSE_FIELDS, "capacity": maybe(fields.Integer), "taken": maybe(fields.Integer)},
    words={**_COURSE_WORDS, "capacity": number("capacity"), "taken": number("taken")},
    example={**_COURSE_EXAMPLE, "capacity": 20, "taken": 7},
)

INVITATION = Kind(
    fields={**_COURSE_FIELDS, "person_id": person(required=True)},
    words=_COURSE_WORDS,
    example={**_COURSE_EXAMPLE, "person_id": "resident-1"},
)

CERTIFICATE = Kind(
    fields={
        "person_id": person(required=True),
        "title": fields.String(required=True),
        "number": some_text(),
        "verification": some_text(),
        "revoked_because": some_text(),
    },
    words={
        "title": text("title"),
        "number": text("number"),
        "verification": text("verification"),
        "reason": text("revoked_because"),
    },
    example={
        "person_id": "resident-1",
        "title": "마을기업 첫걸음",
        "number": "2020-0017",
        "verification": "https://madang.example/certificates/4T7K-9QWE",
        "revoked_because": "출석 기록을 바로잡았습니다.",
    },
)

CONSULTATION = Kind(
    fields={"requester_id": person(), "consultant_id": person(), "title": fields.String(required=True)},
    words={"title": text("title")},
    example={"requester_id": "resident-1", "consultant_id": "consultant-1", "title": "온라인 판로를 찾고 싶습니다"},
)

VISIT = Kind(
    fields={
        "activist_id": person(),
        "community_name": fields.String(required=True),
        "purpose": some_text(),
        "visit_at": fields.AwareDateTime(format="iso", required=True),
    },
    words={"community": text("community_name"), "purpose": text("purpose"), "when": moment("visit_at")},
    example={
        "activist_id": "activist-1",
        "community_name": "가정동 골목정원",
        "purpose": "중간 점검",
        "visit_at": "2020-04-07T14:00:00+09:00",
    },
)

ACTION = Kind(
    fields={"owner_id": person(), "title": fields.String(required=True), "due_on": some_day()},
    words={"title": text("title"), "due": day("due_on")},
    example={"owner_id": "member-1", "title": "공동 장터 부스 신청", "due_on": "2020-04-10"},
)
