"""News of recruitment: services/recruitment/events/, version 1."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.i18n import msgid as _
from services.notify.domain.news import (
    Facts,
    Kind,
    Reader,
    Word,
    code,
    day,
    flag,
    maybe,
    moment,
    named,
    names,
    people,
    person,
    some_day,
    some_moment,
    some_text,
    text,
)

SCREENED = {
    "shortlisted": _("You are invited to the interview."),
    "not_shortlisted": _("You are not among those invited to the interview."),
    "ineligible": _("Your application does not meet the conditions of the call. Log in to see which and why."),
}


def unless(name: str, word: Word) -> Word:
    """The word, or nothing where the field is true."""
    return lambda facts, reader: "" if facts.get(name) else word(facts, reader)


def for_the_invited(facts: Facts, reader: Reader) -> str:
    """Nobody else is told when the interviews are."""
    return moment("interviews_start")(facts, reader) if facts.get("status") == "shortlisted" else ""


CALL = Kind(
    fields={
        "applicant_ids": people(),
        "title": fields.String(required=True),
        "reason": some_text(),
        "intake_closes_at": some_moment(),
        "interviews_start": some_moment(),
        "interviews_blocked": maybe(fields.Boolean),
        "result_on": some_day(),
    },
    words={
        "title": text("title"),
        "reason": text("reason"),
        "closes": moment("intake_closes_at"),
        "interviews": unless("interviews_blocked", moment("interviews_start")),
        "postponed": flag("interviews_blocked"),
        "result": day("result_on"),
    },
    example={
        "applicant_ids": ["resident-1"],
        "title": "2020년 입주기업 모집",
        "reason": "면접 날짜를 옮겼습니다.",
        "intake_closes_at": "2020-04-14T18:00:00+09:00",
        "interviews_start": "2020-04-23T10:00:00+09:00",
        "result_on": "2020-04-28",
    },
)

APPLICATION = Kind(
    fields={
        "applicant_id": person(),
        "call_title": some_text(),
        "organisation_name": some_text(),
        "receipt_number": some_text(),
        "deadline": some_moment(),
        "status": some_text(),
        "interviews_start": some_moment(),
    },
    words={
        "call": text("call_title"),
        "organisation": text("organisation_name"),
        "receipt": text("receipt_number"),
        "until": moment("deadline"),
        "outcome": code("status", SCREENED),
        "interviews": for_the_invited,
    },
    example={
        "applicant_id": "resident-1",
        "call_title": "2020년 입주기업 모집",
        "organisation_name": "마을밥상 협동조합",
        "receipt_number": "2020-1-0007",
        "deadline": "2020-04-14T18:00:00+09:00",
        "status": "shortlisted",
        "interviews_start": "2020-04-23T10:00:00+09:00",
    },
)

RESULTS = Kind(
    fields={"person_id": person(required=True), "call_title": some_text(), "organisation_name": some_text()},
    words={"call": text("call_title"), "organisation": text("organisation_name")},
    example={
        "person_id": "resident-1",
        "call_title": "2020년 입주기업 모집",
        "organisation_name": "마을밥상 협동조합",
    },
)

OFFER = Kind(
    fields={"person_id": person(required=True), "unit_names": names(required=False), "expires_at": some_moment()},
    words={"unit": named("unit_names"), "until": moment("expires_at")},
    example={
        "person_id": "resident-1",
        "unit_names": {"ko": "사무실 3호", "en": "Office 3"},
        "expires_at": "2020-05-08T18:00:00+09:00",
    },
)

TENANCY = Kind(
    fields={
        "person_id": person(required=True),
        "unit_names": names(required=False),
        "starts_on": some_day(),
        "ends_on": some_day(),
    },
    words={"unit": named("unit_names"), "starts": day("starts_on"), "ends": day("ends_on")},
    example={
        "person_id": "resident-1",
        "unit_names": {"ko": "사무실 3호", "en": "Office 3"},
        "starts_on": "2020-06-01",
        "ends_on": "2021-05-31",
    },
)

DESIGNATION = Kind(
    fields={"person_id": person(), "organisation_name": some_text(), "until": some_day()},
    words={"organisation": text("organisation_name"), "expires": day("until")},
    example={"person_id": "resident-1", "organisation_name": "마을밥상 협동조합", "until": "2021-03-31"},
)

RECALL = Kind(
    fields={"call_title": some_text(), "unit_names": names()},
    words={"call": text("call_title"), "unit": named("unit_names")},
    example={"call_title": "2020년 입주기업 모집", "unit_names": {"ko": "사무실 8호", "en": "Office 8"}},
)
