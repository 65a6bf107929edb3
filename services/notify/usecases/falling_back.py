"""A KakaoTalk notice that failed goes out as a text instead: one SMS or LMS, and never both."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import ids
from services.chassis.db import insert_once, wake_after_commit
from services.notify.domain import texting
from services.notify.domain.message import Channel, Status
from services.notify.models import Message
from services.notify.usecases.announce import DELIVERY


def may_fall_back(message: Message) -> bool:
    return message.channel == Channel.ALIMTALK


def fall_back(session: Session, message: Message, *, now: datetime) -> bool:
    """Queues the text, once for a message. False: this message has none, or the person has that text already."""
    if not may_fall_back(message) or not message.body:
        return False  # what it said is kept no more
    try:
        channel = texting.channel_for(message.body)
    except texting.TooLong:
        return False
    new_id = ids.new_id()
    queued = insert_once(
        session,
        Message.__table__,
        id=new_id,
        event_id=message.event_id,
        person_id=message.person_id,
        category=message.category,
        channel=channel,
        template=message.template,
        template_version=message.template_version,
        locale=message.locale,
        subject=message.subject,
        body=message.body,
        status=Status.QUEUED,
        reason=None,
        attempts=0,
        attempts_before=0,
        next_attempt_at=now,
        message_id=f"{new_id}@{message.message_id.rpartition('@')[2]}",
        fallback_of=message.id,
        created_at=now,
        version=1,
        correlation_id=message.correlation_id,
        traceparent=message.traceparent,
    )
    if queued:
        wake_after_commit(session, DELIVERY)
    return queued
