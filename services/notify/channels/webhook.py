"""Webhooks: a person's own program is called, signed by Standard Webhooks (standardwebhooks.com).

The webhook-id is the message's Message-ID, the same at every try, by which the receiver knows a repeat: the standard
asks that of it. 2xx is taken, 410 means that the address is given up; anything else is tried again.
Calls public addresses alone, and the very address that was looked at, so that nobody makes us call our own machines.
"""

from __future__ import annotations

import ipaddress
import json
import socket
from urllib.parse import urlsplit

from eventlet import tpool
from sqlalchemy import select
from standardwebhooks import Webhook as Signer

from services.chassis import clock
from services.chassis.db import Database
from services.notify.channels.web import HttpLine, NoAnswer, NotReached, Reply
from services.notify.domain.message import Fault, Outcome
from services.notify.domain.provider import LINES, Answer, Letter, Line, UnaskableLine
from services.notify.models import Webhook

GONE = 410


class WebhookCaller:
    """may_call_home: addresses of this machine and its network too, in development."""

    name = "webhook"
    repeats_are_safe = True
    can_be_asked = False
    rate: float | None = None
    lines = LINES

    def __init__(self, database: Database, *, may_call_home: bool) -> None:
        self.database = database
        self.may_call_home = may_call_home

    def line(self) -> Line:
        return WebhookLine(self)


class WebhookLine(UnaskableLine):
    """Each letter goes to another place: a connection for each."""

    def __init__(self, caller: WebhookCaller) -> None:
        self._caller = caller

    def send(self, letter: Letter) -> Answer:
        secret = self._caller.database.transaction(
            lambda session: session.scalar(
                select(Webhook.secret).where(Webhook.person_id == letter.person_id, Webhook.url == letter.to)
            )
        )
        if secret is None:
            return Answer(Outcome.PERMANENT, "the webhook was taken back")
        body = content_of(letter)
        parts = urlsplit(letter.to)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line = HttpLine(letter.to, resolve=None if self._caller.may_call_home else public_place)
        try:
            return _judged(line.request("POST", target, body.encode(), headers_of(letter, body, secret)))
        except NotReached as error:
            return Answer(Outcome.TEMPORARY, str(error))
        except NoAnswer as error:
            return Answer(Outcome.UNKNOWN, f"no answer after the request was sent: {error}")
        finally:
            line.close()


def content_of(letter: Letter) -> str:
    return json.dumps(
        {
            "type": f"message.{letter.template}",
            "timestamp": letter.at.isoformat(),
            "data": {"id": letter.id, "locale": letter.locale, "subject": letter.subject, "body": letter.body},
        },
        ensure_ascii=False,
    )


def headers_of(letter: Letter, body: str, secret: str) -> dict[str, str]:
    wall = clock.wall()
    return {
        "Content-Type": "application/json",
        "webhook-id": letter.message_id,
        "webhook-timestamp": str(int(wall.timestamp())),
        "webhook-signature": Signer(secret).sign(letter.message_id, wall, body),
    }


def _judged(reply: Reply) -> Answer:
    said = f"HTTP {reply.status}"
    if 200 <= reply.status < 300:
        return Answer(Outcome.SENT, said)
    if reply.status == GONE:
        return Answer(Outcome.PERMANENT, said, Fault.ADDRESS)
    return Answer(Outcome.TEMPORARY, said)


def public_place(host: str, port: int) -> tuple[str, int]:
    """Raises NotReached for a host that is none, or is not out in the world."""
    try:
        # in a thread: a stranger's name server may be slow, and the look-up would hold up the whole process
        known = tpool.execute(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = {info[4][0] for info in known}
    except OSError as error:
        raise NotReached(f"{host} is not known: {error}") from error
    if not found or not all(ipaddress.ip_address(each).is_global for each in found):
        raise NotReached(f"{host} is no public address")
    return sorted(str(each) for each in found)[0], port
