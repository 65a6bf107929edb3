"""When the clock has something to do next, for each timer."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select, union_all

from services.chassis import clock
from services.chassis.agenda import Due
from services.notify.domain.broadcast import GOES_OUT
from services.notify.domain.message import Channel, Status
from services.notify.models import Message
from services.notify.models.audiences import Broadcast
from services.notify.models.texts import Digest

TRY_AGAIN = timedelta(seconds=1)
"""Due work may have to wait: for a provider's rate or its circuit, or for messages that go before."""

_BY_CHANNEL = union_all(
    *(
        select(func.min(Message.next_attempt_at).label("at")).where(
            Message.status == Status.QUEUED, Message.channel == channel
        )
        for channel in Channel
    )
).subquery()

MESSAGE = Due(select(func.min(_BY_CHANNEL.c.at)))
"""One look into the index for each channel, for a long queue must not be read to its end."""
ABANDONED = Due(
    select(func.min(Message.lease_until)).where(Message.status == Status.SENDING),
    # leases are reckoned by the machine's time
    lambda until, _: clock.now() + (until - clock.wall()),
)
DIGEST = Due(select(func.min(Digest.closes_at)).where(Digest.closed_at.is_(None)))
BROADCAST = Due(select(func.min(Broadcast.send_at)).where(Broadcast.state.in_(GOES_OUT)))
