"""Who hears of what: one row for each event that people are told of. A new one is a row here and its template files.

A row says what notify reads of the event, whom it concerns (a pure function to person ids), how strongly (the
category), and under which key its templates stand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from services.chassis.errors import NotFound
from services.notify.domain.message import Category, Channel
from services.notify.domain.news import BookingNews, BookingNewsSchema, News


@dataclass(frozen=True)
class Rule:
    """source and event: as on the broker. schema loads the event's data into `news`, from which `audience` reads."""

    source: str
    event: str
    schema: type[Schema]
    news: type[News]
    audience: Callable[[Any], frozenset[str]]
    category: Category
    template: str
    channels: tuple[Channel, ...] = (Channel.EMAIL,)


def requester(news: BookingNews) -> frozenset[str]:
    return frozenset({news.requester_id})


def _booking(event: str, category: Category) -> Rule:
    return Rule("booking", event, BookingNewsSchema, BookingNews, requester, category, template=event)


RULES = (
    _booking("booking_requested", Category.SERVICE),  # says again what the person has just done
    _booking("booking_approved", Category.MANDATORY),
    _booking("booking_rejected", Category.MANDATORY),
    _booking("booking_cancelled", Category.MANDATORY),
)


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
