"""A provider reports what became of messages that it had taken: delivered, failed, or that the address is none.

Who reports is known by the signature alone (Standard Webhooks): a forged or stale one is Forbidden and changes nothing.
Each report counts once. A report of a message that is just being sent is refused, to be told again: its answer comes
first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from standardwebhooks import Webhook as Signer
from standardwebhooks import WebhookVerificationError

from services.chassis.db import insert_once
from services.chassis.errors import Forbidden, IllegalTransition, NotFound
from services.chassis.i18n import msgid as _
from services.notify import queries
from services.notify.delivery_schemas import RecordReceipt
from services.notify.domain import refusals
from services.notify.domain.message import Channel, Status, Verdict
from services.notify.domain.receipt import Report, Reported, after_report
from services.notify.models import Attempt, Message, Receipt
from services.notify.usecases.settling import as_kept, conclude
from services.notify.usecases.suppress_address import suppress_address

DELIVERED_ELSEWHERE = "delivered_elsewhere"
"""Why the text that was to take a notice's place is not sent: the notice arrived after all."""

Readers = Mapping[str, Callable[[Any], Sequence[Reported]]]


@dataclass(frozen=True)
class Recorded:
    recorded: int
    unmatched: int


def record_receipt(
    session: Session, told: RecordReceipt, *, secrets: Mapping[str, str], readers: Readers, now: datetime
) -> Recorded:
    """secrets: by provider. readers: by the first part of its name. Raises NotFound, Forbidden, Invalid."""
    secret = secrets.get(told.provider)
    read = readers.get(told.provider.partition("-")[0])
    if secret is None or read is None:
        raise NotFound
    _require_signature(told, secret)
    recorded = unmatched = 0
    for reported in _read(told, read):
        message = _message_of(session, reported)
        if message is None:
            unmatched += 1
        elif _is_new(session, told.provider, reported, message, now):
            recorded += 1
            _apply(session, message, reported, told.provider, now)
    return Recorded(recorded, unmatched)


def _require_signature(told: RecordReceipt, secret: str) -> None:
    headers = {
        "webhook-id": told.signature_id,
        "webhook-timestamp": told.signature_time,
        "webhook-signature": told.signature,
    }
    try:
        Signer(secret).verify(told.body, headers, json_parse=False)
    except (WebhookVerificationError, ValueError) as error:
        raise Forbidden(_("The signature of this receipt is not right.")) from error


def _read(told: RecordReceipt, read: Callable[[Any], Sequence[Reported]]) -> Sequence[Reported]:
    try:
        return [replace(each, detail=as_kept(each.detail)) for each in read(json.loads(told.body))]
    except ValueError as error:
        raise refusals.not_a_receipt(str(error)) from error


def _message_of(session: Session, reported: Reported) -> Message | None:
    """By our own key, else by the provider's name for it; locked."""
    if reported.message_id:
        found = select(Message).where(Message.message_id == reported.message_id)
    else:
        named = select(Attempt.message_id).where(Attempt.provider_message_id == reported.provider_message_id)
        found = select(Message).where(Message.id.in_(named)).limit(1)
    return session.scalar(found.with_for_update())


def _is_new(session: Session, provider: str, reported: Reported, message: Message, now: datetime) -> bool:
    return insert_once(
        session,
        Receipt.__table__,
        provider=provider,
        receipt_id=reported.receipt_id[:255],
        message_id=message.id,
        report=reported.report,
        detail=reported.detail,
        received_at=now,
    )


def _apply(session: Session, message: Message, reported: Reported, provider: str, now: datetime) -> None:
    delivered = reported.report is Report.DELIVERED
    if message.status == Status.SENDING and not delivered:
        raise IllegalTransition(state=message.status, wanted=Status.FAILED)
    was_delivered = message.delivered_at is not None
    status = after_report(
        Status(message.status),
        reported.report,
        may_have_gone_out=message.attempts > 0,
        was_delivered=was_delivered,
    )
    if delivered and message.attempts and not was_delivered:
        message.delivered_at = now
        if message.status == Status.FAILED:
            status = Status.SENT if _call_off_fallback(session, message) else None
    if status is not None:
        conclude(session, message, Verdict(status), reported.detail, now=now)
        message.pinned_provider = None
    if reported.report is Report.BOUNCED and not was_delivered:
        _suppress(session, message, provider, now)


def _call_off_fallback(session: Session, message: Message) -> bool:
    """The text that was to take a notice's place, where it has not gone out. False: it has, or there is none."""
    text = session.scalar(select(Message).where(Message.fallback_of == message.id).with_for_update())
    if text is None or text.status != Status.QUEUED or text.attempts:
        return False
    text.become(Status.SKIPPED, reason=DELIVERED_ELSEWHERE)
    return True


def _suppress(session: Session, message: Message, provider: str, now: datetime) -> None:
    channel = Channel(message.channel)
    contacts = queries.contacts(session, [message.person_id])
    address = queries.addresses(session, channel, [message.person_id], contacts).get(message.person_id)
    if address:
        suppress_address(session, message, channel, address, provider=provider, now=now)
