"""Reads: broadcasts, and what became of their messages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from services.notify.domain.audience import GroupKind
from services.notify.domain.broadcast import State
from services.notify.domain.message import Category, Status
from services.notify.models import Message
from services.notify.models.audiences import Broadcast
from services.notify.schemas.broadcasts import FindBroadcasts, FindNotices

UNTOLD = "other"


@dataclass
class Progress:
    """messages: by status. channels: the same of each. skipped: by reason."""

    messages: Counter[str] = field(default_factory=Counter)
    channels: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    skipped: Counter[str] = field(default_factory=Counter)


def broadcasts(session: Session, find: FindBroadcasts) -> Sequence[Broadcast]:
    """Newest first, one more than the limit when there are more."""
    chosen = select(Broadcast).order_by(Broadcast.id.desc()).limit(find.limit + 1)
    if find.cursor is not None:
        chosen = chosen.where(Broadcast.id < find.cursor)
    if find.state is not None:
        chosen = chosen.where(Broadcast.state == find.state)
    return session.scalars(chosen).all()


def notices(session: Session, find: FindNotices) -> Sequence[Broadcast]:
    """What everybody may read: no advertising, nothing for some people alone, nothing before all were told. The last
    sent first, one more than the limit when there are more.
    """
    chosen = select(Broadcast).where(
        Broadcast.state == State.SENT,
        Broadcast.category == Category.SERVICE,
        Broadcast.audience_kind == GroupKind.EVERYONE,
    )
    if find.cursor is not None:
        sent = select(Broadcast.finished_at).where(Broadcast.id == find.cursor).scalar_subquery()
        at_once = and_(Broadcast.finished_at == sent, Broadcast.id < find.cursor)
        chosen = chosen.where(or_(Broadcast.finished_at < sent, at_once))
    return session.scalars(
        chosen.order_by(Broadcast.finished_at.desc(), Broadcast.id.desc()).limit(find.limit + 1)
    ).all()


def progress(session: Session, broadcast: Broadcast) -> Progress:
    found = Progress()
    for status, channel, count in session.execute(
        select(Message.status, Message.channel, func.count())
        .where(Message.event_id == broadcast.event_id)
        .group_by(Message.status, Message.channel)
    ):
        found.messages[status] += count
        found.channels[channel][status] += count
    skipped = select(Message.reason, func.count()).where(
        Message.event_id == broadcast.event_id, Message.status == Status.SKIPPED
    )
    for reason, count in session.execute(skipped.group_by(Message.reason)):
        found.skipped[reason or UNTOLD] += count
    return found
