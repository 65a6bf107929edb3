"""Who hears of what: one row for each event that people are told of. A new one is a row here and its template files.

A row says what notify reads of the event (its kind, domain/news/), whom it concerns (fields with person ids, and
groups), how strongly (the category), and under which key its templates stand: by default the event's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from services.chassis.errors import NotFound
from services.notify.domain.audience import STAFF, TENANTS, Group
from services.notify.domain.message import Category, Channel
from services.notify.domain.news import Facts, Kind, News
from services.notify.domain.news.booking import BOOKING, CLOSURE, PENALTY
from services.notify.domain.news.recruitment import APPLICATION, CALL, DESIGNATION, OFFER, RECALL, RESULTS, TENANCY
from services.notify.domain.news.training import (
    ACTION,
    CERTIFICATE,
    CONSULTATION,
    COURSE,
    ENROLMENT,
    INVITATION,
    SESSION,
    VISIT,
)

DIGEST = "closure_digest"
"""The template of what is told together."""
DIGEST_OFFERS = frozenset({"lines", "reason", "count"})
NOTICE = "notice"
"""The template of what people write themselves: broadcasts, and what outside services ask to be told."""
NOTICE_OFFERS = frozenset({"title", "text"})
CONSENT_LAPSING = "consent_lapsing"
"""The template of what is asked of people whose consent to advertising is about to lapse."""
CONSENT_OFFERS = frozenset({"consented_on", "lapses_on"})


def always(_: Facts) -> bool:
    return True


@dataclass(frozen=True)
class Rule:
    """source and event: as on the broker. to: the fields with those who hear. groups: who hears as well.

    applies: whether anybody is to be told of this one at all. channels: others than the profile says.
    """

    source: str
    event: str
    kind: Kind
    category: Category
    to: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    key: str = ""
    applies: Callable[[Facts], bool] = always
    channels: tuple[Channel, ...] = ()

    @property
    def template(self) -> str:
        return self.key or self.event

    @property
    def schema(self) -> type[Schema]:
        return self.kind.schema

    def audience(self, news: News) -> frozenset[str]:
        return news.people(self.to) if self.applies(news.facts) else frozenset()


def _rules(source: str, rows: Mapping[str, tuple[Any, ...]]) -> tuple[Rule, ...]:
    return tuple(Rule(source, event, *row) for event, row in rows.items())


_MUST, _MAY = Category.MANDATORY, Category.SERVICE
_BOOKER, _PERSON, _APPLICANT = ("requester_id",), ("person_id",), ("applicant_id",)


def _is_decided(facts: Facts) -> bool:
    """Of an eligible application nothing is decided before the shortlist is drawn."""
    return facts["status"] in {"shortlisted", "not_shortlisted", "ineligible"}


def _has_new_date(facts: Facts) -> bool:
    return bool(facts["redated"])


RULES: tuple[Rule, ...] = (
    *_rules(
        "booking",
        {
            "booking_requested": (BOOKING, _MAY, _BOOKER),  # says again what the person has just done
            "booking_approved": (BOOKING, _MUST, _BOOKER),
            "booking_rejected": (BOOKING, _MUST, _BOOKER),
            "booking_changed": (BOOKING, _MUST, _BOOKER),
            "booking_cancelled": (BOOKING, _MUST, _BOOKER),
            "booking_expired": (BOOKING, _MUST, _BOOKER),
            "booking_no_show": (BOOKING, _MUST, _BOOKER),
            "booking_undecided": (BOOKING, _MAY, (), (STAFF,)),
            "penalty_imposed": (PENALTY, _MUST, _PERSON),
            "closure_declared": (CLOSURE, _MAY, (), (TENANTS, STAFF)),
            "closure_extended": (CLOSURE, _MAY, (), (TENANTS, STAFF)),
            "closure_lifted": (CLOSURE, _MAY, (), (TENANTS, STAFF)),
        },
    ),
    *_rules(
        "training",
        {
            "enrolment_confirmed": (ENROLMENT, _MUST, _PERSON),
            "enrolment_waitlisted": (ENROLMENT, _MAY, _PERSON),
            "place_offered": (ENROLMENT, _MUST, _PERSON),
            "place_lapsed": (ENROLMENT, _MUST, _PERSON),
            "enrolment_cancelled": (ENROLMENT, _MUST, _PERSON),
            "session_confirmed": (SESSION, _MUST, ("enrolled",), (), "", _has_new_date),
            "session_cancelled": (SESSION, _MUST, ("enrolled",)),
            "session_refused": (SESSION, _MAY, (), (STAFF,)),
            "course_undersubscribed": (COURSE, _MAY, (), (STAFF,)),
            "induction_invited": (INVITATION, _MAY, _PERSON),
            "certificate_issued": (CERTIFICATE, _MAY, _PERSON),
            "certificate_revoked": (CERTIFICATE, _MUST, _PERSON),
            "consultation_requested": (CONSULTATION, _MAY, (), (STAFF,)),
            "consultation_assigned": (CONSULTATION, _MAY, ("requester_id", "consultant_id")),
            "consultation_reported": (CONSULTATION, _MAY, _BOOKER),
            "visit_planned": (VISIT, _MAY, ("activist_id",)),
            "visit_overdue": (VISIT, _MAY, ("activist_id",)),
            "action_due": (ACTION, _MAY, ("owner_id",)),
        },
    ),
    *_rules(
        "recruitment",
        {
            "call_corrected": (CALL, _MUST, ("applicant_ids",)),
            "application_submitted": (APPLICATION, _MUST, _APPLICANT),
            "application_withdrawn": (APPLICATION, _MAY, _APPLICANT),
            "application_screened": (APPLICATION, _MUST, _APPLICANT, (), "", _is_decided),
            "results_published": (RESULTS, _MUST, _PERSON),
            "offer_made": (OFFER, _MUST, _PERSON),
            "offer_expired": (OFFER, _MUST, _PERSON),
            "recall_proposed": (RECALL, _MAY, (), (STAFF,)),
            "tenancy_started": (TENANCY, _MAY, _PERSON),
            "tenancy_extended": (TENANCY, _MUST, _PERSON),
            "tenancy_ending": (TENANCY, _MUST, _PERSON),
            "tenancy_ended": (TENANCY, _MUST, _PERSON),
            "designation_expiring": (DESIGNATION, _MAY, _PERSON, (STAFF,)),
        },
    ),
)

OFFERED: Mapping[str, frozenset[str]] = {
    **{rule.template: rule.kind.offers for rule in RULES},
    DIGEST: DIGEST_OFFERS,
    NOTICE: NOTICE_OFFERS,
    CONSENT_LAPSING: CONSENT_OFFERS,
}
"""By the key of each shipped template, the names that it may use beside those that are always there."""


def rule_for(source: str, event_type: str) -> Rule:
    """By the CloudEvents attributes `source` ("/madang/booking") and `type` ("madang.booking.booking_requested.v1").

    Raises NotFound for an event that came over a known exchange under a foreign name.
    """
    name = event_type.split(".")[-2] if event_type.count(".") else event_type
    service = source.rstrip("/").rpartition("/")[2]
    for rule in RULES:
        if (rule.source, rule.event) == (service, name):
            return rule
    raise NotFound(f"No rule tells anybody of {event_type} from {source}.")
