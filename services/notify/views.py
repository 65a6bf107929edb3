"""What callers are shown: times in the centre's zone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from services.notify.domain.message import Category, Channel, Status
from services.notify.models import Contact, Mail, Message


def contact(of: Contact, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "person_id": of.person_id,
        "name": of.name,
        "email": of.email,
        "phone": of.phone,
        "locale": of.locale,
        "updated_at": of.updated_at.astimezone(zone),
    }


def message_page(found: Sequence[Message], limit: int, zone: ZoneInfo) -> dict[str, Any]:
    shown = found[:limit]
    return {
        "items": [_message(each, zone) for each in shown],
        "next_cursor": shown[-1].id if len(found) > limit else None,
    }


def mail_page(found: Sequence[Mail], limit: int, zone: ZoneInfo) -> dict[str, Any]:
    shown = found[:limit]
    return {
        "items": [_mail(each, zone) for each in shown],
        "next_cursor": str(shown[-1].id) if len(found) > limit else None,
    }


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
        "sent_at": of.sent_at.astimezone(zone) if of.sent_at else None,
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
