"""What callers are shown: times in the centre's zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.chassis import paging
from services.notify.domain.message import Category, Channel, Status
from services.notify.domain.suppression import Kind
from services.notify.models import Contact, Mail, Message, Suppression, Webhook


def contact(of: Contact, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "person_id": of.person_id,
        "name": of.name,
        "email": of.email,
        "phone": of.phone,
        "locale": of.locale,
        "zone": of.zone or zone.key,
        "updated_at": of.updated_at.astimezone(zone),
    }


def message_page(found: Sequence[Message], limit: int, zone: ZoneInfo) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: _message(each, zone))


def mail_page(found: Sequence[Mail], limit: int, zone: ZoneInfo) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: _mail(each, zone))


def message(of: Message, zone: ZoneInfo) -> dict[str, Any]:
    return _message(of, zone)


def inbox_page(found: Sequence[Message], limit: int, unread: int, zone: ZoneInfo) -> dict[str, Any]:
    return {**paging.page(found, limit, lambda each: inbox_message(each, zone)), "unread": unread}


def inbox_message(of: Message, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": of.id,
        "category": of.category,
        "template": of.template,
        "locale": of.locale,
        "subject": of.subject,
        "body": of.body,
        "sent_at": _local(of.sent_at, zone),
        "read_at": _local(of.read_at, zone),
    }


def suppression_page(found: Sequence[Suppression], limit: int, zone: ZoneInfo) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: _suppression(each, zone))


def _suppression(of: Suppression, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": of.id,
        "kind": Kind(of.kind),
        "person_id": of.person_id,
        "provider": of.provider,
        "reason": of.reason,
        "suppressed_at": of.suppressed_at.astimezone(zone),
    }


def webhook(of: Webhook, zone: ZoneInfo) -> dict[str, Any]:
    return {"url": of.url, "updated_at": of.updated_at.astimezone(zone), "secret": of.secret}


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.astimezone(zone) if at else None


def _message(of: Message, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": of.id,
        "person_id": of.person_id,
        "event_id": of.event_id,
        "category": Category(of.category),
        "channel": Channel(of.channel),
        "template": of.template,
        "locale": of.locale,
        "subject": of.subject,
        "status": Status(of.status),
        "reason": of.reason,
        "attempts": of.attempts,
        "created_at": of.created_at.astimezone(zone),
        "sent_at": _local(of.sent_at, zone),
        "delivered_at": _local(of.delivered_at, zone),
        "fallback_of": of.fallback_of,
    }


def _mail(of: Mail, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "to": of.recipient,
        "channel": of.channel,
        "locale": of.locale,
        "subject": of.subject,
        "body": of.body,
        "sent_at": of.sent_at.astimezone(zone),
    }
