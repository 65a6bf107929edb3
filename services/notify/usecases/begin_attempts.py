"""A worker is about to send messages that it has claimed: the attempts are on record before the provider is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from services.notify import queries
from services.notify.domain.language import Language
from services.notify.domain.letterhead import Letterhead
from services.notify.domain.message import CONTACT_MISSING, SUPPRESSED, Channel, Status
from services.notify.domain.provider import Letter, Provider
from services.notify.models import Attempt, Message
from services.notify.usecases.admitting import Admission, admissions
from services.notify.usecases.claim_messages import LEASE


@dataclass(frozen=True)
class Begun:
    """An attempt that is on record, and the letter to send. is_repeat: the provider may have had it before."""

    message_id: str
    number: int
    letter: Letter
    is_repeat: bool


_OURS = (
    select(*Message.__table__.c)
    .where(
        Message.id.in_(bindparam("ids", expanding=True)),
        Message.status == Status.SENDING,
        Message.lease_holder == bindparam("holder"),
    )
    .order_by(Message.id)
    .with_for_update()
)
_COUNT = (
    update(Message)
    .where(Message.id.in_(bindparam("ids", expanding=True)))
    .values(attempts=Message.attempts + 1, lease_until=bindparam("until"))
    .execution_options(synchronize_session=False)
)
_RECORD = insert(Attempt.__table__)  # type: ignore[arg-type]


def begin_attempts(
    session: Session,
    message_ids: Sequence[str],
    *,
    holder: str,
    provider: Provider,
    letterhead: Letterhead,
    now: datetime,
    wall: datetime,
) -> list[Begun]:
    """Those that are to be sent now. Missing: what was lost with its lease, has to wait, or must not go at all."""
    ours = session.execute(_OURS, {"ids": list(message_ids), "holder": holder}).all()
    if not ours:
        return []
    people = {each.person_id for each in ours}
    contacts = queries.contacts(session, people)
    channel = Channel(ours[0].channel)
    addresses = queries.addresses(session, channel, people, contacts)
    barred = queries.suppressed(session, channel, addresses.values())
    admitted = admissions(session, ours, contacts, letterhead=letterhead, now=now)

    going = []
    for message in ours:
        address = addresses.get(message.person_id)
        verdict = _verdict(message, address, barred, provider, admitted[message.id], now)
        if verdict.status is Status.SENDING:
            assert address is not None
            going.append((message, address))
        else:
            session.get_one(Message, message.id).become(verdict.status, reason=verdict.reason, due=verdict.due)
    _record(session, [message for message, _ in going], provider, now, wall)
    return [_begun(message, address, letterhead, now) for message, address in going]


def _verdict(
    message: Any, address: str | None, barred: set[str], provider: Provider, admitted: Admission, now: datetime
) -> Admission:
    if not address:
        return Admission(Status.SKIPPED, CONTACT_MISSING)
    if address in barred:
        return Admission(Status.SKIPPED, SUPPRESSED)
    if message.pinned_provider not in {None, provider.name}:
        return Admission(Status.QUEUED, due=now)  # it is for that provider alone, and will be claimed for it
    return admitted


def _record(session: Session, messages: Sequence[Any], provider: Provider, now: datetime, wall: datetime) -> None:
    if not messages:
        return
    session.execute(
        _RECORD,
        [
            {"message_id": each.id, "number": each.attempts + 1, "provider": provider.name, "started_at": now}
            for each in messages
        ],
    )
    session.execute(_COUNT, {"ids": [each.id for each in messages], "until": wall + LEASE})


def _begun(message: Any, address: str, letterhead: Letterhead, now: datetime) -> Begun:
    letter = Letter(
        id=message.id,
        person_id=message.person_id,
        message_id=message.message_id,
        channel=Channel(message.channel),
        to=address,
        sender=letterhead.sender(Language(message.locale)),
        locale=message.locale,
        subject=message.subject,
        body=message.body,
        at=now.astimezone(letterhead.centre.zone),
        template=message.template,
    )
    return Begun(message.id, message.attempts + 1, letter, is_repeat=message.pinned_provider is not None)
